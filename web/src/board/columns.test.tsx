import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { entry, leaderboard } from '../testing/samples';
import { columnsOf, turned } from './columns';
import { readView, WHOLE_BOARD, writeView } from './view';
import { WholeBoard } from './WholeBoard';

afterEach(cleanup);

const scores = { 'pass@1': 0.4, 'pass@2': 0.5, 'pass@5': 0.6, 'pass@1000': 0.7 };
const board = leaderboard({ metric: 'pass@2', entries: [entry({ scores, dollarsPerTask: 0.01 })] });

function headers(columns: readonly string[] | null = null): string[] {
  cleanup();
  render(<WholeBoard board={board} view={{ ...WHOLE_BOARD, columns }} onView={() => undefined} />);
  const table = document.querySelector('table[data-puzzle-set]')!;
  return [...table.querySelectorAll('thead th:not(.choose)')].map(
    (th) => th.querySelector('.sorter span')?.textContent ?? th.firstChild?.textContent ?? '',
  );
}

it('a board begins with cost beside the score and without what many candidates hold; a picker brings that back', () => {
  expect(headers().slice(2)).toEqual([
    'pass@2',
    'Cost per task',
    'pass@1',
    'Core params',
    'Embedding',
    'Compute per task',
    'Checkpoint',
    'Finished',
  ]);
  expect(headers(['cost', 'score:pass@1000']).slice(2)).toEqual(['pass@2', 'Cost per task', 'pass@1000']);

  let view = WHOLE_BOARD;
  cleanup();
  render(<WholeBoard board={board} view={view} onView={(next) => (view = next)} />);
  expect(screen.getByText('Columns: 2 more')).toBeTruthy();
  fireEvent.click(screen.getByLabelText('pass@5'));
  expect(view.columns).toContain('score:pass@5');
  expect(readView(writeView(view)).columns).toEqual(view.columns);
});

it('turning a column off and on again leaves the board as it was', () => {
  const all = columnsOf(board, ['pass@1', 'pass@5']);
  const without = turned(all, null, 'core');
  expect(without).not.toContain('core');
  expect(turned(all, without, 'core')).toBeNull();
});

it('what a column counts is said behind its (?), and no button has a title', () => {
  headers();
  for (const name of ['Core params', 'Compute per task', 'Cost per task']) {
    expect(screen.getByRole('button', { name: `What is: ${name}` })).toBeTruthy();
  }
  expect(document.querySelectorAll('.sorter[title]').length).toBe(0);
});
