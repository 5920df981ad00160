import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leaderboard } from '../testing/samples';
import { NewSetPage } from './NewSetPage';

// What is sent by which pieces is another test's.
vi.mock('./sendFile', () => ({
  sendFile: (_: File, { onDone }: { onDone: (id: string) => void }) => {
    queueMicrotask(() => onDone('u1'));
    return { pause: () => undefined };
  },
}));

const SET = { ...leaderboard().puzzleSet, name: 'mine', warnings: [] as string[], warningCount: 0 };
let answer = SET;
let answers: Record<string, () => unknown> = {};
let asked: { call: string; body: unknown }[] = [];

beforeEach(() => {
  history.replaceState(null, '', '/puzzle-sets/new');
  asked = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const call = `${init?.method ?? 'GET'} ${path}`;
    asked.push({ call, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined });
    const found = answers[call]?.();
    if (found instanceof Response) return found;
    return found ? Response.json(found) : Response.json(answer, { status: 201 });
  });
});
afterEach(() => {
  answers = {};
  cleanup();
  vi.unstubAllGlobals();
});

function importSet(): void {
  render(<NewSetPage />);
  const file = new File(['x'], 'test.csv');
  fireEvent.change(screen.getByLabelText(/A CSV file/), { target: { files: [file] } });
  fireEvent.submit(screen.getByRole('button', { name: 'Import' }).closest('form')!);
}

it('an import leads on to the page of the set, which asks for the first submission', async () => {
  answer = SET;
  importSet();
  await waitFor(() => expect(location.pathname).toBe('/sets/mine'));
});

it('a puzzle with two solutions is warned of by its line before anything is run on the set', async () => {
  const second = 'test.csv, line 3: the puzzle has a second solution, which counts as wrong';
  answer = { ...SET, warnings: [second], warningCount: 10 };
  importSet();
  expect(await screen.findByText('It is imported, with 10 warnings')).toBeTruthy();
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toContain(second);
  expect(screen.getByText('and 9 more')).toBeTruthy();
  expect(location.pathname).toBe('/puzzle-sets/new');
  expect(screen.getByRole('link', { name: 'Submit a checkpoint on mine' })).toBeTruthy();
});

const FOLDER = 'hf://datasets/a/b/arc';
const half = (subset: string, name: string) => ({
  path: `${subset}_${name}.json`,
  from: `${FOLDER}/${subset}_${name}.json@main`,
  bytes: 500,
});
const RAW = (subset: string) => ({ subset, files: [half(subset, 'challenges'), half(subset, 'solutions')] });
const fetched = (upload: string, state: string) => ({ file: fetchOf(upload, state), config: null });
const fetchOf = (upload: string, state: string) => ({
  upload,
  fileName: 'a.json',
  bytes: 500,
  offset: 500,
  state,
  problem: state === 'failed' ? { status: 422, title: 'what came is another', remedy: 'Fetch it again.' } : null,
  origin: { commit: 'c0ffee' },
});
const look = (name: string) => {
  render(<NewSetPage />);
  fireEvent.input(screen.getByLabelText(/^Or from a hub/), { target: { value: name } });
  fireEvent.click(screen.getByRole('button', { name: 'Look' }));
};
const start = () => fireEvent.submit(screen.getByRole('button', { name: 'Import' }).closest('form')!);
const sent = (call: string) => asked.filter((one) => one.call === call).map(({ body }) => body);

it('raw tasks of a hub are shown before they are fetched, all at one commit, and built by the recipe that was chosen', async () => {
  answer = SET;
  let fetches = 0;
  answers = {
    [`GET /api/fetches/folder?from=${encodeURIComponent(FOLDER)}`]: () => ({ files: [], rawTasks: [RAW('x'), RAW('y')] }),
    'POST /api/fetches': () => fetched(`u${++fetches}`, 'whole'),
  };
  look(FOLDER);
  const both = await screen.findAllByRole('checkbox');
  expect(sent('POST /api/fetches')).toEqual([]);
  expect(screen.getByRole('button', { name: 'Import' }).hasAttribute('disabled')).toBe(true);
  fireEvent.click(both[1]!);
  fireEvent.click(both[0]!);
  expect(screen.getByText('4 files, 2.00 kB')).toBeTruthy();
  fireEvent.click(screen.getAllByRole('checkbox', { name: /to be predicted/ })[1]!);
  fireEvent.input(screen.getByLabelText(/^Augmentations/), { target: { value: '8' } });
  start();
  await waitFor(() => expect(location.pathname).toBe('/sets/mine'));
  expect(sent('POST /api/fetches')[1]).toEqual({ from: `${FOLDER}/x_solutions.json@c0ffee` });
  expect(sent('POST /api/puzzle-sets')).toEqual([
    expect.objectContaining({
      recipe: { subsets: ['y', 'x'], testSets: ['y'], augmentations: 8, seed: null },
      files: ['x_challenges', 'x_solutions', 'y_challenges', 'y_solutions'].map((name, i) => ({
        path: `${name}.json`,
        upload: `u${i + 1}`,
      })),
    }),
  ]);
});

it('a CSV of a hub is looked up before it is fetched, and what fails says so once', async () => {
  const calls = ['found', 'failed'];
  answers = { 'POST /api/fetches': () => fetched('u1', calls.shift() ?? '') };
  look('hf://datasets/a/b/test.csv@v1');
  expect(await screen.findByText(/will be fetched from/)).toBeTruthy();
  expect(sent('POST /api/fetches')).toEqual([{ from: 'hf://datasets/a/b/test.csv@v1', dryRun: true }]);
  start();
  expect(await screen.findAllByText('what came is another')).toHaveLength(1);
  expect(sent('POST /api/puzzle-sets')).toEqual([]);
});

it('a folder without raw tasks is refused with what to name instead', async () => {
  answers = { [`GET /api/fetches/folder?from=${encodeURIComponent(FOLDER)}`]: () => ({ files: [], rawTasks: [] }) };
  look(FOLDER);
  expect(await screen.findByText(`There are no raw tasks in ${FOLDER}.`)).toBeTruthy();
  expect(screen.getByText(/SUBSET_challenges.json/)).toBeTruthy();
});
