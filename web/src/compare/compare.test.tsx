import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Comparison, EncodedGrid, Task } from '../api/types';
import { parseRoute, to } from '../shell/routes';
import { reading } from '../testing/reading';
import { ANSWERS, encoded, evaluation, protocol } from '../testing/samples';
import { ComparePage } from './ComparePage';

const comparison: Comparison = {
  first: evaluation({ id: 'a', model: 'trm-att', puzzleSetKind: 'arc', state: 'finished', scores: { exact_accuracy: 0.75 } }),
  second: evaluation({ id: 'b', model: 'trm-mlp', puzzleSetKind: 'arc', state: 'finished', scores: { exact_accuracy: 0.5 } }),
  both: 40,
  neither: 20,
  onlyFirst: [{ index: 3, name: '#4' }],
  onlyFirstCount: 1,
  onlySecond: [],
  onlySecondCount: 0,
  pValue: 0.03125,
  significant: true,
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

const some = (length: number) => Array.from({ length }, (_, index) => ({ index, name: `#${index + 1}` }));

describe('two evaluations side by side', () => {
  let asked: string[];
  let second: (index: number) => Task;
  const answering = (answer: Comparison) => {
    asked = [];
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path);
      const task = /\/api\/evaluations\/(.)\/tasks\/(\d+)$/.exec(path);
      if (!task) return Response.json(answer);
      return Response.json(task[1] === 'a' ? answered(Number(task[2]), 2, WRONG, RIGHT) : second(Number(task[2])));
    });
  };
  beforeEach(() => {
    second = (index) => answered(index, null, WRONG);
    answering(comparison);
    // Without one everything is near.
    vi.stubGlobal('IntersectionObserver', undefined);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('says whether they differ and links every task that does, in both', async () => {
    render(<ComparePage first="a" second="b" />);
    expect(await screen.findByText(/They differ significantly/)).toHaveProperty('textContent', expect.stringContaining('p = 0.0313'));
    expect(screen.getByText(reading('all of trm-att’s answer')).getAttribute('href')).toBe('/evaluations/a/tasks/3');
    expect(screen.getByText(reading('all of trm-mlp’s answer')).getAttribute('href')).toBe('/evaluations/b/tasks/3');
    expect(screen.queryByText('Solved by the second alone')).toBeNull();
  });

  it('shows both answers to a task, of the solver the one that is right', async () => {
    render(<ComparePage first="a" second="b" />);
    const task = within(await screen.findByRole('article', { name: 'Task #4' }));
    const figure = async (name: string) => (await task.findByText(name, { selector: '.grid-title bdi' })).closest('figure')!;
    expect((await figure('trm-att')).dataset.wrong).toBe('0');
    expect((await figure('trm-mlp')).dataset.wrong).toBe('1');
    expect((await figure('Expected')).textContent).toContain('1×2');
  });

  it('shows the first attempt where the solution is only a later candidate, and says so', async () => {
    second = (index) => answered(index, 3, WRONG, WRONG, RIGHT);
    render(<ComparePage first="a" second="b" />);
    const task = within(await screen.findByRole('article', { name: 'Task #4' }));
    expect((await task.findByText('trm-mlp', { selector: '.grid-title bdi' })).closest('figure')!.dataset.wrong).toBe('1');
    expect(task.getByText(/wrong: the solution is only candidate 3/)).toBeTruthy();
    expect(task.getByText(/right by attempt 2/)).toBeTruthy();
  });

  it('tells two runs of one model apart', async () => {
    answering({ ...comparison, second: { ...comparison.second, model: 'trm-att', id: 'b' } });
    render(<ComparePage first="a" second="b" />);
    expect(await screen.findByText(reading(/^all of trm-att \(.*, a\)’s answer$/))).toBeTruthy();
    expect(await screen.findByText(reading(/^all of trm-att \(.*, b\)’s answer$/))).toBeTruthy();
  });

  it('shows twenty tasks at first, and reads no more than it shows', async () => {
    answering({ ...comparison, onlyFirst: some(45), onlyFirstCount: 45 });
    render(<ComparePage first="a" second="b" />);
    expect(await screen.findAllByRole('article')).toHaveLength(20);
    await screen.findAllByText('Expected');
    expect(asked.filter((path) => path.includes('/tasks/'))).toHaveLength(40);
    fireEvent.click(screen.getByRole('button', { name: 'Show 20 more of 45' }));
    expect(await screen.findAllByRole('article')).toHaveLength(40);
    fireEvent.click(screen.getByRole('button', { name: 'Show 5 more of 45' }));
    expect(await screen.findAllByRole('article')).toHaveLength(45);
    expect(screen.queryByRole('button', { name: /more of/ })).toBeNull();
  });

  it('says how many more there are than it was told of', async () => {
    answering({ ...comparison, onlyFirst: some(30), onlyFirstCount: 12_345, onlySecond: some(3), onlySecondCount: 3 });
    render(<ComparePage first="a" second="b" />);
    expect(await screen.findByText(/12,345 tasks solved by the first alone, 3 by the second alone/)).toBeTruthy();
    const list = within(screen.getByRole('region', { name: 'Solved by the first alone' }));
    expect(list.queryByText(/^and .* more$/)).toBeNull();
    fireEvent.click(list.getByRole('button', { name: 'Show 10 more of 12,345' }));
    expect(list.getByText('and 12,315 more')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Solved by the second alone' })).queryByText(/more$/)).toBeNull();
  });

  it('warns when they were run by different protocols, and only then', async () => {
    const eight = protocol({ key: '8-steps.bfloat16', label: '8 steps · bfloat16', steps: 8 });
    const { unmount } = render(<ComparePage first="a" second="b" />);
    await screen.findByText(/They differ significantly/);
    expect(screen.queryByText('They were run by different protocols')).toBeNull();
    unmount();
    answering({ ...comparison, second: { ...comparison.second, protocol: eight } });
    render(<ComparePage first="a" second="c" />);
    expect(await screen.findByText('They were run by different protocols')).toBeTruthy();
    expect(screen.getByText(/the second by 8 steps · bfloat16:/)).toBeTruthy();
  });

  it('says what of it was not run here', async () => {
    answering({ ...comparison, second: { ...comparison.second, model: 'some-llm', protocol: null, answers: ANSWERS } });
    render(<ComparePage first="a" second="d" />);
    expect(await screen.findByText('Not all of it was run here')).toBeTruthy();
    expect(screen.getByText('some-llm', { selector: 'li *' }).closest('li')!.textContent).toContain('answers, scored here, not run here');
    expect(screen.queryByText('They were run by different protocols')).toBeNull();
  });

  it('has an address of its own', () => {
    expect(parseRoute(to.compare('a', 'b'), '')).toEqual({ page: 'compare', first: 'a', second: 'b' });
  });
});
