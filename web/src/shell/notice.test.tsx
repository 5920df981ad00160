import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import type { ProblemDetails } from '../api/types';
import { ProblemNotice } from './Notice';

afterEach(cleanup);

function shown(details: Omit<ProblemDetails, 'status'>): HTMLElement {
  render(<ProblemNotice problem={new Problem({ status: 422, ...details })} />);
  return screen.getByRole('alert');
}

it('a refusal of forty problems is a list of them', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `line ${i + 2}: no puzzle`);
  const alert = shown({ title: ['a.csv has 40 problems', ...lines].join('\n'), file: 'a.csv', place: 'line 2', problem: 'no puzzle' });
  expect(alert.querySelector('.notice-title')?.textContent).toBe('a.csv has 40 problems');
  expect(
    within(alert)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(lines);
  expect(alert.querySelectorAll('p')).toHaveLength(1);
});

it('no refusal says its reason twice', () => {
  const alert = shown({ title: 'a.csv, line 7: no puzzle', file: 'a.csv', place: 'line 7', problem: 'no puzzle', remedy: 'Mend it.' });
  expect(alert.textContent).toBe('a.csv, line 7: no puzzleMend it.');
});

it('what the title leaves out is said once', () => {
  const alert = shown({ title: 'it cannot be read', file: 'a.csv', place: 'line 7', problem: 'no puzzle', remedy: 'Mend it.' });
  expect([...alert.querySelectorAll('p')].map((p) => p.textContent)).toEqual([
    'it cannot be read',
    'no puzzle',
    'a.csv, line 7',
    'Mend it.',
  ]);
});
