import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import glossary from '../../../docs/glossary.md?raw';
import { parseRoute, to } from '../shell/routes';
import { Explain, Explained } from './Explain';
import { HowToRead } from './HowToRead';
import { anchor, CHAPTERS, lineOf } from './terms';

afterEach(cleanup);

const TERMS = CHAPTERS.flatMap(({ terms }) => terms);

it('explains twenty words, each by its line of the glossary and with a picture of its own', () => {
  render(<HowToRead />);
  expect(TERMS).toHaveLength(20);
  const pictures = new Set<string>();
  for (const term of TERMS) {
    const card = document.getElementById(anchor(term))!;
    const line = lineOf(term);
    expect(glossary.toLowerCase()).toContain(`: ${line.toLowerCase()}\n`);
    expect(card.querySelector('dt')!.textContent!.toLowerCase()).toBe(term);
    expect(card.querySelector('dd')!.textContent).toBe(line.replace(/\[(.+?)\]\(.+?\)/g, '$1'));
    pictures.add(card.querySelector('svg')!.innerHTML);
  }
  expect(pictures.size).toBe(TERMS.length);
  expect(parseRoute('/how-to-read', '')).toEqual({ page: 'howToRead' });
});

it('a word is explained where it stands, and leads to the others', () => {
  render(<Explain term="tie group" />);
  const button = screen.getByRole('button', { name: 'What is: tie group' });
  expect(document.querySelector('dialog'), 'nothing before it is asked for').toBeNull();
  fireEvent.click(button);
  const said = document.querySelector('dialog')!;
  expect(said.open).toBe(true);
  expect(said.getAttribute('aria-label')).toBe('Tie group');
  expect(said.textContent).toContain(lineOf('tie group'));
  expect(said.querySelector('a')!.getAttribute('href')).toBe(`${to.howToRead()}#tie-group`);
  fireEvent.click(said.querySelector('p')!);
  expect(said.open, 'a press on the text').toBe(true);
  fireEvent.click(said);
  expect(document.querySelector('dialog'), 'a press beside it').toBeNull();
});

it('a heading keeps its name', () => {
  render(
    <Explained term="candidate">
      <h2>Candidates</h2>
    </Explained>,
  );
  expect(screen.getByRole('heading', { name: 'Candidates' })).toBeTruthy();
});
