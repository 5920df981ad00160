import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { App } from '../shell/App';
import { encoded, evaluation } from '../testing/samples';

const grid = (cell: number) => encoded([[cell, cell]]);
const candidate = (rank: number) => ({ rank, grid: grid(rank), votes: 9 - rank, meanHalt: 0.5, correct: false, wrongCells: 2 });
const frame = (step: number) => ({ step, grid: grid(step), qHalt: 0, correct: false, wrongCells: 2 });
const output = (index: number) => ({ index, input: grid(0), expected: grid(9), candidates: [1, 2, 3].map(candidate), solutionRank: null });
const ANSWERS: Record<string, unknown> = {
  '/api/evaluations/e1': evaluation({ id: 'e1', state: 'finished', puzzleSetKind: 'arc' }),
  '/api/evaluations/e1/tasks/0': { index: 0, name: 'a', kind: 'arc', demonstrations: [], outputs: [output(0), output(1)] },
  '/api/evaluations/e1/tasks/0/replay?output=0': { example: 1, request: null, frames: [1, 2, 3].map(frame) },
  '/api/evaluations/e1/tasks/0/replay?output=1': { example: 2, request: null, frames: [1, 2, 3].map(frame) },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

const shown = () => screen.getAllByRole('slider').map((slider) => (slider as HTMLInputElement).value);
const chosen = () => screen.getAllByRole('button', { pressed: true }).map((button) => button.getAttribute('data-candidate'));

it('the step and the candidate of each test output stand in the address, and survive that the page is loaded anew', async () => {
  vi.stubGlobal('fetch', async (path: string) => Response.json(ANSWERS[path] ?? {}, { status: path in ANSWERS ? 200 : 404 }));
  history.replaceState(null, '', '/evaluations/e1/tasks/0');
  const { unmount } = render(<App />);
  await vi.waitFor(() => expect(shown()).toEqual(['0', '0']));
  const pages = history.length;
  act(() => void fireEvent.input(screen.getAllByRole('slider')[1]!, { target: { value: '2' } }));
  act(() => void fireEvent.click(screen.getAllByRole('button', { name: /candidate 3/ })[0]!));
  expect(decodeURIComponent(location.search)).toBe('?step=,3&candidate=3');
  expect(history.length).toBe(pages);
  unmount();
  render(<App />);
  await vi.waitFor(() => expect(shown()).toEqual(['0', '2']));
  expect(chosen()).toEqual(['3', '1']);
});
