import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WHOLE_WALL } from '../evaluation/wallView';
import { App } from '../shell/App';
import { encoded, entry, evaluation, leaderboard, summary } from '../testing/samples';
import { gifOf } from './files';
import { filmOfTask, filmOfWall } from './films';
import { draw, placesOf } from './picture';
import { Share } from './Share';

const grid = (cell: number) => encoded([[cell, cell]]);
const E1 = evaluation({
  id: 'e1',
  model: 'a "b"',
  puzzleSet: 's',
  state: 'finished',
  puzzleSetKind: 'sudoku',
  mainMetric: 'exact_accuracy',
  scores: { exact_accuracy: 0.5 },
});
const scored = (step: number) => ({ step, scores: { exact_accuracy: step / 10 }, interval: { low: 0, high: 1 } });
const shown = (task: number, correct: boolean) => ({ task, output: 0, grid: grid(3), correct, wrongCells: correct ? 0 : 2 });
const frame = (step: number, correct: boolean) => ({ step, grid: grid(step), qHalt: 0, correct, wrongCells: correct ? 0 : 2 });
const TASK = {
  index: 0,
  name: 'x',
  kind: 'sudoku',
  demonstrations: [],
  outputs: [
    {
      index: 0,
      input: grid(1),
      expected: grid(3),
      candidates: [{ rank: 1, grid: grid(3), votes: 1, meanHalt: 1, correct: true, wrongCells: 0 }],
      solutionRank: 1,
    },
  ],
} as const;
const PAGE = { total: 200, right: 2, wrong: 0, solutionsHidden: false, next: null, verdicts: [{ verdict: 'right', tasks: 2 }] };
const TILES = { ...PAGE, tasks: [0, 1].map((index) => summary({ index, verdict: 'right', thumbnail: grid(3) })) };
let answers: Record<string, unknown>;

beforeEach(() => {
  answers = {
    '/api/evaluations/e1': E1,
    '/api/evaluations/e1/steps': { metric: 'exact_accuracy', steps: [1, 2].map(scored), kept: true },
    '/api/evaluations/e1/steps/1?after=-1': { frames: [shown(0, true), shown(1, false)], next: null },
    '/api/evaluations/e1/tasks?offset=0&limit=96': TILES,
    '/api/evaluations/e1/tasks?offset=0&limit=60': TILES,
    '/api/evaluations/e1/tasks/0': TASK,
    '/api/evaluations/e1/tasks/0/replay?output=0': { example: 0, request: null, frames: [frame(1, false), frame(2, true)] },
    '/api/puzzle-sets/s/leaderboard': leaderboard({ entries: [entry({ evaluation: 'e1', model: 'm' })] }),
  };
  vi.stubGlobal('fetch', async (path: string) => Response.json(answers[path] ?? {}, { status: path in answers ? 200 : 404 }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

it('link, frame and badge are of what the address says', async () => {
  history.replaceState(null, '', '/evaluations/e1?step=1');
  render(<Share name={'a "b" on s'} badge={E1} film={null} />);
  act(() => void fireEvent.click(screen.getByRole('button', { name: 'Share' })));
  const dialog = within(await screen.findByRole('dialog', { name: 'Share a "b" on s' }));
  const text = (label: string) => (dialog.getByLabelText(label) as HTMLInputElement).value;
  expect(text('Link')).toBe(`${location.origin}/evaluations/e1?step=1`);
  expect(text('Frame for a web page')).toBe(
    `<iframe src="${location.origin}/embed/evaluations/e1?step=1" title="a &quot;b&quot; on s" width="100%" height="520" loading="lazy"></iframe>`,
  );
  expect(text('Badge in Markdown')).toContain(`(${location.origin}/api/evaluations/e1/badge.svg)](${location.origin}/evaluations/e1)`);
  expect(text('Badge in HTML')).toContain('alt="a &quot;b&quot;"');
  expect(dialog.queryByRole('button', { name: /PNG/ })).toBeNull();
  fireEvent.click(dialog.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('the film of a wall has a frame for each stop, and begins where one looks', async () => {
  const film = await filmOfWall({ evaluation: E1, view: WHOLE_WALL, pageNumber: 1, step: 1 });
  expect(film.frames.map(({ caption }) => caption)).toEqual([
    'step 1 of 2 · Solved 10.00% · 2 of 200 tasks',
    'Solved 50.00% · 2 of 200 tasks',
  ]);
  expect(film.frames.map(({ grids }) => grids.map(({ right }) => right))).toEqual([
    [true, false],
    [true, true],
  ]);
  expect(film.now).toBe(0);
});

it('the film of a task has its steps, and is one picture where they were not kept', async () => {
  const film = await filmOfTask(E1, TASK, [{ step: 2, candidate: null }]);
  expect(film.frames.map(({ caption }) => caption)).toEqual(['step 1 of 2 · 2 cells wrong', 'step 2 of 2 · all right']);
  expect(film.now).toBe(1);
  answers['/api/evaluations/e1/tasks/0/replay?output=0'] = { example: null, request: null, frames: [] };
  const still = await filmOfTask(E1, TASK, []);
  expect(still.frames.map(({ caption }) => caption)).toEqual(['all right']);
});

it('a picture is as high as its grids need', () => {
  expect(placesOf(1)).toMatchObject({ columns: 2 });
  const { columns, side, height } = placesOf(96);
  expect(columns * side).toBeLessThanOrEqual(720);
  expect(height).toBeGreaterThan(side * Math.ceil(96 / columns));
});

it.each([
  ['/embed/evaluations/e1', 'a "b" on s', '/evaluations/e1'],
  ['/embed/evaluations/e1/tasks/0?step=2', 'x · a "b"', '/evaluations/e1/tasks/0?step=2'],
  ['/embed/sets/s', 's', '/sets/s'],
])('%s shows the thing without the site around it, and leads to the page of it', async (address, name, page) => {
  history.replaceState(null, '', address);
  render(<App />);
  await screen.findByRole('heading', { level: 1, name });
  expect(screen.queryByRole('banner')).toBeNull();
  expect(screen.queryByRole('contentinfo')).toBeNull();
  expect(screen.getByRole('link', { name: 'Open on trm-arena' }).getAttribute('href')).toBe(page);
  const link = document.createElement('a');
  document.body.append(link);
  link.click();
  expect(link.target).toBe('_blank');
  link.remove();
});

it('inside of other pages nothing can be asked of a solver', async () => {
  answers['/api/evaluations/e1/tasks/0/replay?output=0'] = { example: null, request: null, frames: [] };
  history.replaceState(null, '', '/embed/evaluations/e1/tasks/0');
  render(<App />);
  await screen.findByRole('heading', { level: 1, name: 'x · a "b"' });
  expect(screen.getByRole('heading', { level: 2, name: 'Test output' })).toBeTruthy();
  await act(async () => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(screen.queryByRole('button', { name: /Compute/ })).toBeNull();
});

it('a film is a GIF that goes on for ever, as its library writes it', async () => {
  // happy-dom draws nothing: what is drawn is checked in a browser.
  const data = new Uint8ClampedArray(720 * 100 * 4).fill(200);
  const context = new Proxy({}, { get: (_, name) => (name === 'getImageData' ? () => ({ data }) : () => undefined), set: () => true });
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
  const frames = [1, 2].map((step) => ({ title: 't', caption: `${step}`, grids: [] }));
  const canvas = document.createElement('canvas');
  draw(canvas, frames[0]!, 'sudoku', 'arc');
  data.set(data.subarray(0, canvas.width * canvas.height * 4));
  const blob = await gifOf({ kind: 'sudoku', frames, now: 0 }, 'arc');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  expect(String.fromCharCode(...bytes.subarray(0, 6))).toBe('GIF89a');
  expect(new TextDecoder('latin1').decode(bytes)).toContain('NETSCAPE2.0');
  vi.restoreAllMocks();
});
