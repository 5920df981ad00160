import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import type { LeaderboardEntry, Run } from '../api/types';
import { entry, evaluation } from '../testing/samples';
import { Standing } from './Standing';

const asked: string[] = [];

/** @param pValue of the two that are compared */
function shown(run: Partial<Run>, entries: readonly LeaderboardEntry[], pValue = 0.41): HTMLElement {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const pair = { first: 0, second: 1, both: 1, onlyFirst: 1, onlySecond: 2, neither: 1, pValue, significant: pValue < 0.05 };
    return Response.json({ evaluations: [], taskCount: 5, patterns: [], pairs: [pair], tasks: { tasks: [], next: null } });
  });
  render(<Standing evaluation={evaluation({ state: 'finished', ...run })} entries={entries} />);
  return document.body;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const BOARD = [
  entry({ evaluation: 'e1', model: 'first', rank: 1 }),
  entry({ evaluation: 'e2', model: 'second', rank: 2 }),
  entry({ evaluation: 'e3', model: 'third', rank: 3 }),
];

it('a run has the rank of its board, and is tested against the best of it', async () => {
  const page = shown({ id: 'e2' }, BOARD);
  expect(screen.getByText('Rank 2 of 3').closest('a')?.getAttribute('href')).toBe('/sets/sudoku-4x4?protocol=16-steps.bfloat16');
  expect(await screen.findByText(/not distinguishable from the best/)).toBeTruthy();
  expect(page.textContent).toContain('Rank 2 of 3, not distinguishable from the best, first (p = 0.4100)');
  expect(asked).toEqual(['/api/compare?e=e1,e2']);
  expect(screen.getByRole('link', { name: 'Compare it with the best, task by task' }).getAttribute('href')).toBe('/compare?e=e1,e2');
  expect(screen.getByRole('link', { name: 'Submit another checkpoint' }).getAttribute('href')).toBe('/submit?set=sudoku-4x4');
});

it('the best is tested against the next, a tie against the other', async () => {
  let page = shown({ id: 'e1' }, BOARD, 0.003);
  await screen.findByText(/significantly different from the next/);
  expect(page.textContent).toContain('Best of 3, significantly different from the next, second (p = 0.0030)');
  cleanup();
  page = shown({ id: 'e2' }, [BOARD[0]!, { ...BOARD[1]!, rank: 1 }]);
  await screen.findByText(/not distinguishable from the other/);
  expect(page.textContent).toContain('Shares rank 1 of 2, not distinguishable from the other, first');
});

it('a repeat stands where its first run does', async () => {
  const page = shown({ id: 'e9', original: 'e3' }, BOARD);
  await screen.findByText(/not distinguishable/);
  expect(page.textContent).toContain('By its first run: Rank 3 of 3, not distinguishable from the best, first');
});

it('alone there is nothing to compare, and off the board nothing to say', () => {
  expect(shown({ id: 'e1' }, BOARD.slice(0, 1)).textContent).toContain('The only one on its board');
  expect(screen.queryByRole('link', { name: /^Compare/ })).toBeNull();
  cleanup();
  expect(shown({ id: 'e7' }, BOARD).textContent).toBe('');
  expect(asked).toEqual([]);
});
