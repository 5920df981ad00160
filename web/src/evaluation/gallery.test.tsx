import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TaskPage } from '../api/types';
import { evaluation, summary } from '../testing/samples';
import { Gallery } from './Gallery';
import { type WallView, WHOLE_WALL } from './wallView';

const ARC = evaluation({ id: 'e1', state: 'finished', puzzleSetKind: 'arc', scores: { 'pass@2': 0.5, 'pass@1000': 0.6 } });
const page = (tasks: TaskPage['tasks'], changes: Partial<TaskPage> = {}): TaskPage => ({
  total: tasks.length,
  right: 2,
  wrong: 3,
  solutionsHidden: false,
  next: null,
  verdicts: [
    { verdict: 'first', tasks: 1 },
    { verdict: 'second', tasks: 1 },
    { verdict: 'later', tasks: 1 },
    { verdict: 'partly', tasks: 1 },
    { verdict: 'never', tasks: 1 },
  ],
  tasks,
  ...changes,
});
const FIVE = [
  summary({ index: 0, name: 'a', verdict: 'first' }),
  summary({ index: 1, name: 'b', verdict: 'second', solutionRank: 2 }),
  summary({ index: 2, name: 'c', verdict: 'later', solutionRank: 17 }),
  summary({ index: 3, name: 'd', verdict: 'partly', outputs: 2, solutionRank: null, rightCells: null }),
  summary({ index: 4, name: 'e', verdict: 'never', solutionRank: null, rightCells: null, wrongCells: null }),
];

let answers: Record<string, TaskPage>;
let asked: string[];
beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const answer = answers[path];
    return answer ? Response.json(answer) : new Promise<Response>(() => undefined);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

const STILL = { byStep: null, stops: [], stop: null, onStop: () => undefined };
const show = (view: WallView = WHOLE_WALL) => <Gallery evaluation={ARC} view={view} pageNumber={1} film={STILL} />;
const FIRST = '/api/evaluations/e1/tasks?offset=0&limit=500';

describe('the wall of tasks', () => {
  it('says of every task what became of it, in words and by a shape', async () => {
    answers = { [FIRST]: page(FIVE) };
    render(show());
    await screen.findByRole('link', { name: 'Task a: solved at 1' });
    const names = screen
      .getAllByRole('link')
      .map((link) => link.getAttribute('aria-label'))
      .filter(Boolean);
    expect(names).toEqual([
      'Task a: solved at 1',
      'Task b: solved at 2',
      'Task c: solved at 17',
      'Task d: partly solved, 2 test outputs',
      'Task e: never solved',
    ]);
    const shapes = [...document.querySelectorAll('.wall .icon path')].map((path) => path.getAttribute('d'));
    expect(new Set(shapes).size).toBe(5);
  });

  it('counts every verdict on its filter, which keeps the order', async () => {
    const view = { only: 'later', sort: '-votes' } as const;
    answers = { '/api/evaluations/e1/tasks?offset=0&limit=500&only=later&sort=-votes': page([FIVE[2]!], { total: 1 }) };
    render(show(view));
    const current = await screen.findByRole('link', { current: true });
    expect(current.textContent).toContain('in the top 1,000 1');
    expect(screen.getByText('never').closest('a')!.getAttribute('href')).toBe('/evaluations/e1?only=never&sort=-votes');
    expect(screen.getByRole('link', { name: /Task c/ }).getAttribute('href')).toBe('/evaluations/e1/tasks/2?only=later&sort=-votes&at=0');
  });

  it('takes another order into the address', async () => {
    answers = { [FIRST]: page(FIVE) };
    render(show());
    const sort = (await screen.findByRole('combobox', { name: 'Sort' })) as HTMLSelectElement;
    fireEvent.change(sort, { target: { value: '-halt' } });
    expect(location.pathname + location.search).toBe('/evaluations/e1?sort=-halt');
  });

  it('stands as it was until another answer is there', async () => {
    answers = { [FIRST]: page(FIVE) };
    const { rerender } = render(show());
    await screen.findByRole('link', { name: /Task a/ });
    rerender(show({ ...WHOLE_WALL, only: 'never' }));
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(screen.getByRole('link', { name: /Task a/ }).getAttribute('href')).toBe('/evaluations/e1/tasks/0');
  });

  it('has room for every tile at once, and makes them a few at a time', async () => {
    const idle: (() => void)[] = [];
    vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work));
    vi.stubGlobal('cancelIdleCallback', () => undefined);
    const tasks = Array.from({ length: 60 }, (_, index) => summary({ index, name: `t${index}`, verdict: 'first' }));
    answers = { [FIRST]: page(tasks) };
    render(show());
    const wall = await screen.findByRole('list', { name: 'Tasks' });
    const made = () => [...wall.querySelectorAll('a')].map((link) => Number(link.getAttribute('data-task')));
    const whenIdle = async () => {
      await waitFor(() => expect(idle).toHaveLength(1));
      await act(async () => idle.shift()!());
    };
    expect(wall.querySelectorAll('li')).toHaveLength(60);
    expect(made()).toHaveLength(25);
    expect(wall.getAttribute('aria-busy')).toBe('true');
    await whenIdle();
    expect(made()).toHaveLength(50);
    await whenIdle();
    expect(made()).toEqual(tasks.map(({ index }) => index));
    expect(wall.getAttribute('aria-busy')).toBe('false');
    expect(idle).toEqual([]);
  });

  it('says nothing of right and wrong where the solutions are hidden', async () => {
    const hidden = FIVE.map((task) => ({ ...task, verdict: null, solutionRank: null, wrongCells: null, rightCells: null }));
    answers = { [FIRST]: page(hidden, { right: 0, wrong: 0, verdicts: [], solutionsHidden: true }) };
    render(show());
    expect((await screen.findByRole('link', { name: 'Task a: solution hidden' })).getAttribute('data-verdict')).toBeNull();
    expect(screen.queryByRole('navigation', { name: 'Filter tasks' })).toBeNull();
  });
});
