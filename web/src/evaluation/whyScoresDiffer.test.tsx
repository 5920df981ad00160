import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import document from '../../../docs/why-scores-differ.md?raw';
import { parseRoute, to } from '../shell/routes';
import { evaluation } from '../testing/samples';
import { ScoreTiles } from './ScoreTiles';
import { WhyScoresDiffer } from './WhyScoresDiffer';

afterEach(cleanup);

it('the document is a page: every heading, no marks, links to what lies elsewhere', () => {
  render(<WhyScoresDiffer />);
  const headings = [...document.matchAll(/^#{1,2} (.+)$/gm)].map((heading) => heading[1]);
  expect(screen.getAllByRole('heading').map((heading) => heading.textContent)).toEqual(headings);
  expect(headings.length).toBeGreaterThan(8);
  const article = globalThis.document.querySelector('article')!;
  expect(article.textContent).not.toMatch(/\*\*|`|\]\(|@@/);
  const hrefs = [...article.querySelectorAll('a')].map((link) => link.getAttribute('href')!);
  expect(hrefs.length).toBeGreaterThan(2);
  for (const href of hrefs) expect(href).toMatch(/^https:\/\//);
});

it('scores lead to it', () => {
  render(<ScoreTiles evaluation={evaluation({ state: 'finished', scores: { exact_accuracy: 0.5 } })} />);
  const link = screen.getByRole('link', { name: 'Another number elsewhere?' });
  expect(link.getAttribute('href')).toBe(to.whyScoresDiffer());
  expect(parseRoute('/why-scores-differ', '')).toEqual({ page: 'whyScoresDiffer' });
});
