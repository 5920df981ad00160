import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Comparison, EncodedGrid, Task } from '../api/types';
import { parseRoute, to } from '../shell/routes';
import { reading } from '../testing/reading';
import { ANSWERS, encoded, evaluation, leaderboard, protocol, published } from '../testing/samples';
import { ComparePage } from './ComparePage';

const ran = { puzzleSetKind: 'arc', state: 'finished', mainMetric: 'exact_accuracy' } as const;
const A = evaluation({ ...ran, id: 'a', model: 'trm-att', scores: { exact_accuracy: 0.75 } });
const B = evaluation({ ...ran, id: 'b', model: 'trm-mlp', scores: { exact_accuracy: 0.5 } });
const C = evaluation({ ...ran, id: 'c', model: 'hrm', scores: { exact_accuracy: 0.25 } });
const pair = (first: number, second: number, significant: boolean) => ({
  first,
  second,
  both: 4,
  onlyFirst: 7,
  onlySecond: 1,
  neither: 8,
  pValue: significant ? 0.03125 : 0.5,
  significant,
});

const two: Comparison = {
  evaluations: [A, B],
  taskCount: 20,
  patterns: [
    { solved: [true, false], tasks: 7 },
    { solved: [true, true], tasks: 12 },
    { solved: [false, false], tasks: 1 },
  ],
  pairs: [pair(0, 1, true)],
  tasks: { tasks: [{ index: 3, name: '#4', solved: [true, false] }], next: 3 },
};
const three: Comparison = {
  ...two,
  evaluations: [A, B, C],
  patterns: [{ solved: [true, false, true], tasks: 20 }],
  pairs: [pair(0, 1, true), pair(0, 2, false), pair(1, 2, false)],
  tasks: { tasks: [{ index: 3, name: '#4', solved: [true, false, true] }], next: null },
};

const RIGHT = encoded([[2, 3]]);
const WRONG = encoded([[2, 4]]);

/** A task whose candidates are these, the solution at a rank among them. */
function answered(index: number, solutionRank: number | null, ...grids: EncodedGrid[]): Task {
  const candidates = grids.map((grid, i) => ({ rank: i + 1, grid, votes: 1, meanHalt: 0.5 }));
  return {
    index,
    name: `#${index + 1}`,
    kind: 'arc',
    demonstrations: [],
    outputs: [{ index: 0, input: encoded([[2, 2]]), expected: RIGHT, solutionRank, candidates }],
  } as unknown as Task;
}

const NONE: readonly string[] = [];

describe('evaluations side by side', () => {
  let asked: string[];
  let second: (index: number) => Task;
  const answering = (answer: Comparison) => {
    asked = [];
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path);
      const task = /\/api\/evaluations\/(.)\/tasks\/(\d+)$/.exec(path);
      if (task) return Response.json(task[1] === 'a' ? answered(Number(task[2]), 2, WRONG, RIGHT) : second(Number(task[2])));
      if (path.endsWith('/steps')) return Response.json({ metric: 'exact_accuracy', steps: [] });
      if (path.includes('/leaderboard')) return Response.json(board);
      if (path.includes('solved=10')) return Response.json({ tasks: [{ index: 5, name: '#6', solved: [true, false] }], next: null });
      if (path.includes('/compare/tasks')) return Response.json({ tasks: [{ index: 8, name: '#9', solved: [true, true] }], next: null });
      return Response.json(answer);
    });
  };
  const claim = published({ method: 'o3', split: 'semi-private' });
  const board = leaderboard({ split: 'public', published: [claim, published({ method: 'HRM', split: 'public' })] });
  const open = (name: string) => screen.findByRole('button', { name }).then((button) => fireEvent.click(button));
  beforeEach(() => {
    second = (index) => answered(index, null, WRONG);
    answering(two);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('says whether two differ, and unfolds a task with the answers of both', async () => {
    render(<ComparePage ids={['a', 'b']} published={NONE} />);
    expect(await screen.findByText(/They differ significantly/)).toHaveProperty('textContent', expect.stringContaining('p = 0.0313'));
    expect(asked.filter((path) => path.includes('/tasks/'))).toEqual([]);
    await open('#4');
    const task = within(await screen.findByRole('article', { name: 'Task #4' }));
    const figure = async (name: string) => (await task.findByText(name, { selector: '.grid-title bdi' })).closest('figure')!;
    expect((await figure('A trm-att')).dataset.wrong).toBe('0');
    expect((await figure('B trm-mlp')).dataset.wrong).toBe('1');
    expect((await figure('Expected')).parentElement!.style.getPropertyValue('--drawn')).toBe('44px');
    expect(task.getByText(reading(/^all of B’s answer, trm-mlp$/)).getAttribute('href')).toBe('/evaluations/b/tasks/3');
  });

  it('shows the first attempt where the solution is only a later candidate, and says so', async () => {
    second = (index) => answered(index, 3, WRONG, WRONG, RIGHT);
    render(<ComparePage ids={['a', 'b']} published={NONE} />);
    await open('#4');
    const task = within(await screen.findByRole('article', { name: 'Task #4' }));
    expect(await task.findByText(/wrong: the solution is only candidate 3/)).toBeTruthy();
    expect(task.getByText(/right by attempt 2/)).toBeTruthy();
  });

  it('compares three model by model, and marks who solved what', async () => {
    answering(three);
    render(<ComparePage ids={['a', 'b', 'c']} published={NONE} />);
    expect(await screen.findByText('Of the 3 pairs among A, B, C, 1 differs significantly.')).toBeTruthy();
    const pairs = within(screen.getByRole('region', { name: 'Differences of each two' }));
    expect(pairs.getAllByText('p = 0.0313')).toHaveLength(2);
    expect(pairs.getAllByText('+30.0').map((text) => text.tagName)).toEqual(['STRONG', 'TD', 'TD']);
    expect(screen.getByRole('button', { name: 'A and C alone' }).closest('tr')!.dataset.tasks).toBe('20');
    expect(
      screen
        .getAllByText(/leave out/)[0]!
        .closest('a')!
        .getAttribute('href'),
    ).toBe('/compare?e=b,c');
  });

  it('shows the tasks of a set of solvers, and all of them again', async () => {
    render(<ComparePage ids={['a', 'b']} published={NONE} />);
    await open('A alone');
    expect(await screen.findByRole('button', { name: '#6' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'A alone' }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.queryByRole('button', { name: '#4' })).toBeNull();
    await open('Show all tasks');
    expect(await screen.findByRole('button', { name: '#4' })).toBeTruthy();
  });

  it('reads another page only when it is asked for', async () => {
    render(<ComparePage ids={['a', 'b']} published={NONE} />);
    await open('Show more of 20');
    expect(await screen.findByRole('button', { name: '#9' })).toBeTruthy();
    expect(asked).toContain('/api/compare/tasks?e=a,b&after=3');
    expect(screen.queryByRole('button', { name: /more of/ })).toBeNull();
  });

  it('has published results beside them as scores alone, and says which are of another split', async () => {
    const keys = board.published.map(({ method, split, source }) => `published ${method}, ${split}, ${source}`);
    render(<ComparePage ids={['a', 'b']} published={keys} />);
    const scores = within(await screen.findByRole('region', { name: 'Scores side by side' }));
    expect(await scores.findAllByText('of another split: does not compare')).toHaveLength(1);
    expect(scores.getAllByRole('columnheader').filter((head) => 'published' in head.dataset)).toHaveLength(2);
  });

  it('warns when they were run by different protocols, or not run here', async () => {
    const eight = protocol({ key: '8-steps.bfloat16', label: '8 steps · bfloat16', steps: 8 });
    answering({ ...two, evaluations: [A, { ...B, protocol: eight }] });
    const { unmount } = render(<ComparePage ids={['a', 'e']} published={NONE} />);
    expect(await screen.findByText('They were run by different protocols')).toBeTruthy();
    unmount();
    answering({ ...two, evaluations: [A, { ...B, model: 'some-llm', protocol: null, answers: ANSWERS }] });
    render(<ComparePage ids={['a', 'd']} published={NONE} />);
    expect(await screen.findByText('Not all of it was run here')).toBeTruthy();
  });

  it('asks for nothing where there are not two to six', () => {
    render(<ComparePage ids={['a']} published={NONE} />);
    expect(screen.getByText(/the address names 1/)).toBeTruthy();
    expect(asked).toEqual([]);
  });

  it('has an address of its own, and opens those of before', () => {
    const address = to.compare(['a', 'b', 'c'], ['x y']);
    expect(address).toBe('/compare?e=a,b,c&p=x%20y');
    expect(parseRoute('/compare', address.slice(address.indexOf('?')))).toEqual({
      page: 'compare',
      ids: ['a', 'b', 'c'],
      published: ['x y'],
    });
    expect(parseRoute('/compare/a/b', '')).toEqual({ page: 'compare', ids: ['a', 'b'], published: [] });
  });
});
