import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Evaluation, EvaluationPage, PuzzleSet, Task, TaskPage } from '../api/types';
import { HandSource } from '../testing/HandSource';
import { encoded, entry, evaluation, leaderboard, summary } from '../testing/samples';
import { type Answer, AnsweringServer } from '../testing/server';
import { App } from './App';

const SET: PuzzleSet = {
  name: 'sudoku-4x4',
  kind: 'sudoku',
  digest: 'cd'.repeat(32),
  seqLen: 16,
  vocabSize: 6,
  identifierCount: 1,
  exampleCount: 2,
  taskCount: 2,
  createdAt: '2026-03-01T09:00:00Z',
  mainMetric: 'exact_accuracy',
  evaluations: 2,
  successor: null,
};
const BOARD = leaderboard({
  puzzleSet: SET,
  entries: [
    entry({ rank: 1, evaluation: 'e1', model: 'trm-att', score: 0.996, computeMillis: 9000 }),
    entry({ rank: 2, evaluation: 'e2', model: 'trm-mlp', score: 0.5, computeMillis: 1000 }),
  ],
});
const FINISHED = evaluation({
  id: 'e1',
  state: 'finished',
  scores: { exact_accuracy: 0.996 },
  examplesDone: 100,
  unitsDone: 4,
  finishedAt: '2026-03-01T12:10:00Z',
});
const RUNNING = evaluation({ id: 'e3', model: 'newcomer' });
const TASK: Task = {
  index: 0,
  name: 'puzzle 0',
  kind: 'sudoku',
  demonstrations: [],
  outputs: [
    {
      index: 0,
      input: encoded([
        [2, 1],
        [1, 2],
      ]),
      expected: encoded([
        [2, 3],
        [3, 2],
      ]),
      candidates: [
        {
          rank: 1,
          grid: encoded([
            [2, 3],
            [2, 2],
          ]),
          votes: 1,
          meanHalt: 0.25,
          correct: false,
          wrongCells: 1,
        },
      ],
      solutionRank: null,
    },
  ],
};
const TASKS: TaskPage = {
  total: 2,
  right: 1,
  wrong: 1,
  solutionsHidden: false,
  next: null,
  verdicts: [
    { verdict: 'right', tasks: 1 },
    { verdict: 'wrong', tasks: 1 },
  ],
  tasks: [
    summary({ index: 0, verdict: 'wrong', solved: 0, solutionRank: null, wrongCells: 1, rightCells: 0.75 }),
    summary({ index: 1, name: 'puzzle 1' }),
  ],
};

interface Happy {
  setURL(url: string): void;
  waitUntilComplete(): Promise<void>;
}

let server: AnsweringServer;
let answers: Record<string, Answer>;
let sources: Map<string, HandSource>;
const happy = () => (window as unknown as { happyDOM: Happy }).happyDOM;

beforeEach(async () => {
  answers = {
    '/api/home': { body: { name: 'arc-agi-1', puzzleSet: null, published: [] } },
    '/api/puzzle-sets': { body: [SET] },
    '/api/puzzle-sets/sudoku-4x4/leaderboard': { body: BOARD },
    '/api/evaluations?limit=50': { body: { evaluations: [RUNNING, FINISHED], next: null } satisfies EvaluationPage },
    '/api/evaluations/e1': { body: FINISHED },
    '/api/evaluations/e1/variants': { body: [] },
    '/api/evaluations/e1/steps': { body: { metric: 'exact_accuracy', steps: [], kept: false } },
    '/api/evaluations/e1/tasks?offset=0&limit=500': { body: TASKS },
    '/api/evaluations/e1/tasks?offset=0&limit=2': { body: TASKS },
    '/api/evaluations/e1/tasks/0': { body: TASK },
  };
  server = await AnsweringServer.start(answers);
  sources = new Map();
  // happy-dom has no EventSource; this one opens no connection, the test says what comes.
  (globalThis as { EventSource?: unknown }).EventSource = function open(path: string) {
    const source = new HandSource();
    sources.set(path, source);
    return source;
  };
});
afterEach(async () => {
  cleanup();
  await happy().waitUntilComplete();
  await server.stop();
});

function open(path: string): void {
  happy().setURL(server.origin + path);
  render(<App />);
}

const models = () =>
  within(screen.getByRole('table'))
    .getAllByRole('rowheader')
    .map((cell) => within(cell).getByRole('link').textContent);

it('the overview shows the leaderboard and sorts it by a press on a header', async () => {
  open('/');
  await screen.findByRole('table');
  expect(models()).toEqual(['trm-att', 'trm-mlp']);
  expect(screen.getByText('99.60%', { selector: 'td' })).toBeTruthy();
  await waitFor(() => expect(document.title).toBe('Leaderboards · trm-arena'));
  const compute = screen.getByRole('columnheader', { name: /Compute/ });
  expect(compute.getAttribute('aria-sort')).toBe('none');
  fireEvent.click(within(compute).getByRole('button', { name: /^Compute/ }));
  expect(compute.getAttribute('aria-sort')).toBe('ascending');
  expect(models()).toEqual(['trm-mlp', 'trm-att']);
});

it('a running evaluation moves by events and enters the leaderboard when it ends', async () => {
  open('/');
  const bar = await screen.findByRole('progressbar', { name: 'Progress of newcomer' });
  expect(within(bar.closest('li')!).getByText('16 steps · bfloat16')).toBeTruthy();
  expect(bar.getAttribute('value')).toBe('0.25');
  const says = (e: Evaluation) => act(() => sources.get('/api/events')!.says(JSON.stringify(e)));
  await says({ ...RUNNING, examplesDone: 75, unitsDone: 3 });
  expect(bar.getAttribute('value')).toBe('0.75');
  const newcomer = entry({ rank: 1, evaluation: 'e3', model: 'newcomer', score: 1 });
  answers['/api/puzzle-sets/sudoku-4x4/leaderboard'] = { body: { ...BOARD, entries: [newcomer, ...BOARD.entries] } };
  await says({ ...RUNNING, state: 'finished', examplesDone: 100, unitsDone: 4, scores: { exact_accuracy: 1 } });
  await waitFor(() => expect(models()[0]).toBe('newcomer'));
  expect(screen.getByText('newcomer on sudoku-4x4 finished: Solved 100.00%.')).toBeTruthy();
});

it('without a puzzle set the first commands are shown', async () => {
  answers['/api/puzzle-sets'] = { body: [] };
  answers['/api/evaluations?limit=50'] = { body: { evaluations: [], next: null } };
  open('/');
  expect(
    await screen.findByText(`./arena submit demo/sudoku-4x4/step_484 --puzzles sudoku-4x4 --wait --url ${server.origin}`),
  ).toBeTruthy();
});

it('the first evaluation of a new puzzle set brings its leaderboard', async () => {
  answers['/api/puzzle-sets'] = { body: [] };
  answers['/api/evaluations?limit=50'] = { body: { evaluations: [], next: null } };
  open('/');
  await screen.findByText('No puzzle set yet');
  answers['/api/puzzle-sets'] = { body: [SET] };
  await act(() => sources.get('/api/events')!.says(JSON.stringify({ ...RUNNING, state: 'queued' })));
  expect(await screen.findByRole('heading', { level: 2, name: 'sudoku-4x4' })).toBeTruthy();
});

it('a link leads to another page, which takes title and focus', async () => {
  open('/');
  const table = await screen.findByRole('table');
  fireEvent.click(within(table).getByRole('link', { name: 'trm-att' }));
  const heading = await screen.findByRole('heading', { level: 1, name: 'trm-att' });
  expect(location.pathname).toBe('/evaluations/e1');
  await waitFor(() => expect(document.title).toBe('trm-att on sudoku-4x4 · trm-arena'));
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(await screen.findByRole('link', { name: 'Task puzzle 0: wrong, 1 cell wrong, 75.00% of the cells right' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Task puzzle 1: right' })).toBeTruthy();
});

it('a page whose script comes later takes the focus when it is there', async () => {
  answers['/api/evaluations?limit=100'] = { body: { evaluations: [], next: null } };
  open('/');
  fireEvent.click(await screen.findByRole('link', { name: 'Evaluations' }));
  const heading = await screen.findByRole('heading', { level: 1, name: 'Evaluations' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

it('a task shows where the answer is wrong, in the drawing and as text', async () => {
  open('/evaluations/e1/tasks/0');
  expect(await screen.findByRole('img', { name: /^Predicted, 2 rows, 2 columns, 1 cell wrong/ })).toBeTruthy();
  const predicted = document.querySelector('[data-grid="predicted"]')!;
  expect(predicted.getAttribute('data-wrong')).toBe('1');
  expect(predicted.querySelectorAll('.s-corner')).toHaveLength(1);
  const details = predicted.querySelector('details')!;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(await within(predicted as HTMLElement).findByText('wrong, expected 2')).toBeTruthy();
  expect(await screen.findByText('The halting head says 25.00% that this is right.')).toBeTruthy();
});

it('the arrow key goes to the next task', async () => {
  open('/evaluations/e1/tasks/0');
  await screen.findByRole('link', { name: /Next/ });
  fireEvent.keyDown(document.body, { key: 'ArrowRight' });
  await waitFor(() => expect(location.pathname).toBe('/evaluations/e1/tasks/1'));
});

it('what is not there is said with the remedy', async () => {
  open('/evaluations/nobody');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('There is nothing at /api/evaluations/nobody');
  expect(alert.textContent).toContain('Look elsewhere.');
  await waitFor(() => expect(document.title).toBe('No such evaluation · trm-arena'));
});

it('a failed evaluation gives its reason', async () => {
  const failure = { kind: 'solver_ended', meaning: 'They all ended.', reason: 'unit 3 killed three solvers', remedy: 'Retry.', log: [] };
  answers['/api/evaluations/e1'] = { body: { ...FINISHED, state: 'failed', scores: {}, failure } };
  answers['/api/evaluations/e1/history'] = { body: { events: [], troubles: [] } };
  answers['/api/evaluations/e1/repeats'] = { body: { evaluations: [], agreements: [] } };
  open('/evaluations/e1');
  expect((await screen.findByRole('alert')).textContent).toContain('unit 3 killed three solvers');
  expect(server.asked.filter((path) => path.includes('/tasks'))).toEqual([]);
});

it('a grid that cannot be drawn does not take the page with it', async () => {
  const broken = { ...TASK, outputs: [{ ...TASK.outputs[0]!, expected: { rows: 9, columns: 9, cells: '' } }] };
  answers['/api/evaluations/e1/tasks/0'] = { body: broken };
  open('/evaluations/e1/tasks/0');
  expect((await screen.findByRole('alert')).textContent).toContain('a grid of 9×9 needs 81 cells, not 0');
  expect(screen.getByRole('banner')).toBeTruthy();
});
