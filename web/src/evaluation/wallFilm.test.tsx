import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FrameOfStep, ScoresByStep } from '../api/types';
import { App } from '../shell/App';
import { encoded, evaluation, summary } from '../testing/samples';
import { asAfter, stopsOf } from './wallFilm';

const scored = (step: number) => ({ step, scores: { exact_accuracy: step / 10 }, interval: { low: 0, high: 1 } });
const BY_STEP: ScoresByStep = { metric: 'exact_accuracy', steps: [1, 2, 3].map(scored), kept: true };
const frame = (task: number, wrongCells: number | null, output = 0): FrameOfStep => ({
  task,
  output,
  grid: encoded([[2, 3]]),
  correct: wrongCells === 0,
  wrongCells,
});
const TASKS = [0, 1, 2].map((index) => summary({ index, name: `t${index}`, verdict: 'right', solutionRank: 1 }));
const ANSWERS: Record<string, unknown> = {
  '/api/evaluations/e1': evaluation({ id: 'e1', state: 'finished', puzzleSetKind: 'sudoku', scores: { exact_accuracy: 0.3 } }),
  '/api/evaluations/e1/steps': BY_STEP,
  '/api/evaluations/e1/tasks?offset=0&limit=500': {
    total: 3,
    right: 3,
    wrong: 0,
    solutionsHidden: false,
    next: null,
    verdicts: [{ verdict: 'right', tasks: 3 }],
    tasks: TASKS,
  },
  '/api/evaluations/e1/steps/1?after=-1': { frames: [frame(0, 2)], next: 7 },
  '/api/evaluations/e1/steps/1?after=7': { frames: [frame(1, 0)], next: null },
  '/api/evaluations/e1/steps/2?after=-1': { frames: [frame(0, 1), frame(1, 0)], next: null },
};

beforeEach(() => {
  vi.stubGlobal('fetch', async (path: string) => Response.json(ANSWERS[path] ?? {}, { status: path in ANSWERS ? 200 : 404 }));
  history.replaceState(null, '', '/evaluations/e1');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

const film = () => within(screen.getByRole('group', { name: 'Tasks after each improvement step' }));
const slider = () => film().getByRole('slider', { name: 'Improvement step of all tasks' }) as HTMLInputElement;
const tiles = () =>
  within(screen.getByRole('list', { name: 'Tasks' }))
    .getAllByRole('link')
    .map((tile) => tile.getAttribute('aria-label'));
const cursor = () => document.querySelector('path.step-cursor')?.getAttribute('data-step');

it('every tile shows what was answered after the step, which stands in the address and survives loading anew', async () => {
  const { unmount } = render(<App />);
  await waitFor(() => expect(tiles()).toEqual(['Task t0: right', 'Task t1: right', 'Task t2: right']));
  await waitFor(() => expect(slider().getAttribute('aria-valuetext')).toBe('step 3 of 3, Solved 30.00%'));
  expect(cursor()).toBe('3');
  act(() => void fireEvent.input(slider(), { target: { value: '0' } }));
  await waitFor(() => expect(tiles()).toEqual(['Task t0: wrong, 2 cells wrong', 'Task t1: right', 'Task t2: not kept']));
  expect(location.search).toBe('?step=1');
  expect(slider().getAttribute('aria-valuetext')).toBe('step 1 of 3, Solved 10.00%');
  expect(cursor()).toBe('1');
  expect(screen.getByRole('link', { name: /Task t1/ }).getAttribute('href')).toBe('/evaluations/e1/tasks/1?step=1');
  unmount();
  render(<App />);
  await waitFor(() => expect(tiles()[0]).toBe('Task t0: wrong, 2 cells wrong'));
  expect(slider().value).toBe('0');
});

it('plays from the first step to the end', async () => {
  render(<App />);
  await waitFor(() => expect(slider().value).toBe('2'));
  vi.useFakeTimers({ shouldAdvanceTime: true });
  act(() => void fireEvent.click(film().getByRole('button', { name: 'Play' })));
  expect(slider().value).toBe('0');
  act(() => void vi.advanceTimersByTime(600));
  expect(slider().value).toBe('1');
  await waitFor(() => expect(tiles()[0]).toBe('Task t0: wrong, 1 cell wrong'));
  act(() => void vi.advanceTimersByTime(3000));
  expect(slider().value).toBe('2');
  expect(location.search).toBe('');
  expect(film().getByRole('button', { name: 'Play' })).toBeTruthy();
});

it('has a slider only for those who want no motion', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
  render(<App />);
  await waitFor(() => expect(slider().value).toBe('2'));
  expect(film().queryByRole('button', { name: 'Play' })).toBeNull();
});

it('stops at every step, and at what the votes came to where there are any', () => {
  expect(stopsOf(BY_STEP, 'sudoku')).toEqual([1, 2, null]);
  expect(stopsOf(BY_STEP, 'arc')).toEqual([1, 2, 3, null]);
  expect(stopsOf({ ...BY_STEP, kept: false }, 'arc')).toEqual([]);
  expect(stopsOf({ ...BY_STEP, steps: [scored(1)] }, 'arc')).toEqual([]);
});

it('a task is right when all of its test outputs are', () => {
  const two = summary({ index: 4, outputs: 2 });
  const of = (...frames: FrameOfStep[]) => asAfter(two, new Map([[4, frames]])).verdict;
  expect(of(frame(4, 0, 0), frame(4, 0, 1))).toBe('right');
  expect(of(frame(4, 0, 0), frame(4, 3, 1))).toBe('wrong');
  expect(of(frame(4, 0, 0))).toBeNull();
  expect(of({ ...frame(4, 0), correct: null })).toBeNull();
});
