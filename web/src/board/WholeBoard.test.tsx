import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Leaderboard } from '../api/types';
import { answersEntry, entry, leaderboard, published } from '../testing/samples';
import { type BoardView, WHOLE_BOARD } from './view';
import { WholeBoard } from './WholeBoard';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const BOARD = leaderboard({
  entries: [
    entry({ rank: 1, evaluation: 'e1', model: 'big', score: 0.9, coreParameters: 7_000_000, embeddingParameters: 100, computeMillis: 0 }),
    entry({
      rank: 2,
      evaluation: 'e2',
      model: 'small',
      score: 0.5,
      coreParameters: 26_000,
      embeddingParameters: 9_000_000,
      computeMillis: 250,
    }),
    entry({ rank: 3, evaluation: 'e3', model: 'beaten', score: 0.4, coreParameters: 50_000, embeddingParameters: 64, computeMillis: 100 }),
  ],
  published: [published(), published({ method: 'TRM-MLP', parameters: '5M on Sudoku, 19M elsewhere' })],
});

/** The board as its page holds it; says what the view became. */
function open(view: Partial<BoardView> = {}, board: Leaderboard = BOARD) {
  let now: BoardView = { ...WHOLE_BOARD, ...view };
  const page = () => <WholeBoard board={board} view={now} onView={(next) => rerender(next)} />;
  const { rerender: again } = render(page());
  const rerender = (next: BoardView) => {
    now = next;
    again(page());
  };
  return () => now;
}

const plot = () => screen.getByRole('group', { name: /against/ });
const pointNames = () =>
  within(plot())
    .getAllByRole('link')
    .map((point) => point.getAttribute('aria-label'));
const point = (name: RegExp) => within(plot()).getByRole('link', { name });
const row = (id: string) => document.querySelector(`tr[data-evaluation="${id}"]`)!;

describe('the plot of a board', () => {
  it('names every point with its score, interval, cost and place', () => {
    open();
    expect(pointNames().slice(2)).toEqual([
      'big: Solved 90.00% (40.0–60.0%), core parameters 7.00 M, rank 1, on the Pareto front',
      'small: Solved 50.00% (40.0–60.0%), core parameters 26.0 k, rank 2, on the Pareto front',
      'beaten: Solved 40.00% (40.0–60.0%), core parameters 50.0 k, rank 3',
    ]);
    expect(point(/^big/).getAttribute('href')).toBe('/evaluations/e1');
  });

  it('has published results as points that lead to their source, or to nowhere; without a size they stand at the edge', () => {
    open({}, { ...BOARD, published: [...BOARD.published, published({ method: 'Quiet', source: 'a talk' })] });
    const claim = point(/^HRM/);
    expect(claim.getAttribute('aria-label')).toBe(
      'HRM, published, not run here: exact accuracy 55.00% on test, 27M parameters, by arXiv 2510.04871',
    );
    expect(claim.getAttribute('href')).toBe('https://arxiv.org/abs/2510.04871');
    expect(claim.getAttribute('rel')).toContain('noopener');
    const quiet = within(plot()).getByRole('img', { name: /^Quiet/ });
    expect(quiet.getAttribute('tabindex')).toBe('0');
    const edge = point(/^TRM-MLP.*no size known/);
    const placeOf = (element: Element) => Number(element.querySelector('.plot-reach')!.getAttribute('cx'));
    expect(placeOf(edge)).toBeGreaterThan(placeOf(claim));
    expect(placeOf(edge)).toBeGreaterThan(placeOf(point(/^big/)));
    expect(plot().textContent).toContain('no size');
  });

  it('names its points and both fronts', () => {
    open();
    const names = [...plot().querySelectorAll('.plot-name')].map((name) => name.textContent);
    expect(names).toEqual(expect.arrayContaining(['big', 'small', 'HRM']));
    const fronts = () => [...plot().querySelectorAll('.plot-front-name')].map((name) => name.textContent);
    expect(fronts()).toEqual(['best run here, and of all claims']);
    cleanup();
    open({}, { ...BOARD, published: [published({ score: 0.99 })] });
    expect(fronts()).toEqual(['best run here', 'best of all claims']);
  });

  it('is drawn of published results alone while nothing ran', () => {
    open({}, { ...BOARD, entries: [] });
    expect(screen.getByText(/No checkpoint has been scored/)).toBeTruthy();
    expect(point(/^HRM/)).toBeTruthy();
    cleanup();
    open({}, { ...BOARD, entries: [], published: [] });
    expect(screen.queryByRole('group', { name: /against/ })).toBeNull();
  });

  it('takes another axis where all would stand on one vertical, unless the address names one', () => {
    const entries = BOARD.entries.map((e, i) => ({ ...e, coreParameters: 7_000_000, computeMillis: 100 * (i + 1) }));
    const chosen = () => (screen.getByRole('combobox', { name: /Solved against/ }) as HTMLSelectElement).value;
    open({}, { ...BOARD, entries, published: [] });
    expect(chosen()).toBe('compute');
    cleanup();
    open({ axis: 'core' }, { ...BOARD, entries, published: [] });
    expect(chosen()).toBe('core');
  });

  it('shows one split where both are published, and says of which the set is', () => {
    const both = [published({ split: 'public evaluation' }), published({ method: 'LLM', split: 'ARC Prize semi-private' })];
    const view = open({}, { ...BOARD, split: 'public evaluation', published: both });
    expect(screen.getByText(/do not compare.*The set here is the public evaluation\.$/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'semi-private' }));
    expect(view().split).toBe('semi-private');
    expect(pointNames()).toEqual([expect.stringMatching(/^LLM/)]);
    expect(screen.getByText(/nothing that ran here stands among these/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'public' }));
    expect(pointNames()).toHaveLength(4);
    expect(row('e1'), 'the table beneath stays whole').not.toBeNull();
  });

  it('lays its points out by what the address says, and lets choose it', () => {
    const view = open({ axis: 'total' });
    const small = point(/^small/).getAttribute('aria-label');
    expect(small).toContain('parameters with embeddings 9.03 M, rank 2');
    expect(small).not.toContain('Pareto');
    const select = screen.getByRole('combobox', { name: /Solved against/ });
    act(() => void fireEvent.change(select, { target: { value: 'compute' } }));
    expect(view().axis).toBe('compute');
    expect(pointNames()).toEqual([
      expect.stringMatching(/^HRM.*, no time known, by/),
      expect.stringMatching(/^TRM-MLP.*, no time known, by/),
      'big: Solved 90.00% (40.0–60.0%), no time known, rank 1',
      'small: Solved 50.00% (40.0–60.0%), compute per task 0.0025 s, rank 2, on the Pareto front',
      'beaten: Solved 40.00% (40.0–60.0%), compute per task 0.001 s, rank 3, on the Pareto front',
    ]);
  });

  it('offers the cost per task where a price is known, with what others published', () => {
    open();
    const axes = () => within(screen.getByRole('combobox', { name: /Solved against/ })).getAllByRole('option');
    expect(axes().map((axis) => axis.textContent)).not.toContain('cost per task');
    expect(screen.queryByRole('button', { name: 'Cost per task' })).toBeNull();
    cleanup();
    const entries = BOARD.entries.map((e, i) => ({ ...e, dollarsPerTask: i === 2 ? null : 0.002 * (i + 1) }));
    open({ axis: 'cost' }, { ...BOARD, entries, published: [published({ dollarsPerTask: 0.03 })] });
    expect(axes().map((axis) => axis.textContent)).toContain('cost per task');
    expect(pointNames()).toEqual([
      expect.stringMatching(/on test, \$0\.03 per task, by arXiv 2510\.04871$/),
      'big: Solved 90.00% (40.0–60.0%), cost per task $0.002, rank 1, on the Pareto front',
      'small: Solved 50.00% (40.0–60.0%), cost per task $0.004, rank 2',
      'beaten: Solved 40.00% (40.0–60.0%), no cost known, rank 3',
    ]);
    expect(screen.getByRole('button', { name: 'Cost per task' })).toBeTruthy();
    expect(row('e3').textContent).toContain('–');
  });

  it('puts the cheaper to the left and the better above', () => {
    open();
    const place = (name: RegExp) => {
      const circle = point(name).querySelector('.plot-run')!;
      return [Number(circle.getAttribute('cx')), Number(circle.getAttribute('cy'))] as const;
    };
    const [bigX, bigY] = place(/^big/);
    const [smallX, smallY] = place(/^small/);
    expect(smallX).toBeLessThan(bigX);
    expect(smallY).toBeGreaterThan(bigY);
  });

  it('marks the row of a focused point, and the point of a row under the pointer', () => {
    open();
    act(() => point(/^small/).focus());
    expect(row('e2').getAttribute('data-marked')).toBe('true');
    act(() => point(/^small/).blur());
    expect(row('e2').hasAttribute('data-marked')).toBe(false);
    act(() => void fireEvent.mouseEnter(row('e1')));
    expect(point(/^big/).getAttribute('data-marked')).toBe('true');
    act(() => void fireEvent.mouseLeave(row('e1')));
    act(() =>
      within(row('e3') as HTMLElement)
        .getByRole('link', { name: 'beaten' })
        .focus(),
    );
    expect(point(/^beaten/).getAttribute('data-marked')).toBe('true');
    expect(point(/^big/).hasAttribute('data-marked')).toBe(false);
  });
});

describe('what a row is', () => {
  it('tells its cycles, marked where the same weights ran with others, who else ran it, and how often it was reproduced', () => {
    const board = leaderboard({
      entries: [
        entry({ evaluation: 'e1', model: 'deep', hCycles: 3, lCycles: 6, verification: 'reproduced', repeats: 2, alsoAs: ['rival'] }),
        entry({ rank: 2, evaluation: 'e2', model: 'shallow', hCycles: 3, lCycles: 2 }),
        entry({ rank: 3, evaluation: 'e3', model: 'other', checkpoint: 'cd'.repeat(32), hCycles: 1, lCycles: 2 }),
      ],
    });
    open({}, board);
    expect(row('e1').textContent).toContain('reproduced ×2');
    expect(row('e1').textContent).toContain('also as rival');
    expect(row('e1').querySelector('strong')?.textContent).toContain('H3·L6');
    expect(row('e2').querySelector('strong')?.textContent).toContain('H3·L2');
    expect(row('e3').textContent).toContain('H1·L2');
    expect(row('e3').querySelector('strong')).toBeNull();
  });
});

describe('the tools of a board', () => {
  it('filter plot, table and published results alike', () => {
    const view = open();
    act(() => void fireEvent.input(screen.getByRole('searchbox', { name: 'Filter' }), { target: { value: 'small' } }));
    expect(view().filter).toBe('small');
    expect(screen.getByText('1 of 3 entries').getAttribute('role')).toBe('status');
    expect(pointNames()).toHaveLength(1);
    expect(row('e1')).toBeNull();
    expect(screen.getByText('No published result has all of these words.')).toBeTruthy();
  });

  it('sort by a press on a header and say so', () => {
    const view = open();
    const header = screen.getByRole('columnheader', { name: /Core params/ });
    act(() => void fireEvent.click(within(header).getByRole('button', { name: /^Core params/ })));
    expect(view().sorting).toEqual({ key: 'core', descending: false });
    expect(screen.getByRole('columnheader', { name: /Core params/ }).getAttribute('aria-sort')).toBe('ascending');
    const ids = [...document.querySelectorAll('tr[data-evaluation]')].map((tr) => tr.getAttribute('data-evaluation'));
    expect(ids).toEqual(['e2', 'e3', 'e1']);
  });

  it('hide published results from the table and the plot', () => {
    const view = open();
    act(() => void fireEvent.click(screen.getByRole('checkbox', { name: 'show' })));
    expect(view().published).toBe(false);
    expect(within(plot()).queryByRole('img')).toBeNull();
    expect(screen.queryByRole('rowheader', { name: 'HRM' })).toBeNull();
  });
});

describe('a long board', () => {
  const LONG = leaderboard({
    entries: Array.from({ length: 120 }, (_, i) =>
      entry({ rank: i + 1, evaluation: `e${i}`, model: `m${i}`, score: 1 - i / 200, coreParameters: 1000 + i }),
    ),
  });
  const rows = () => [...document.querySelectorAll('tr[data-evaluation]')].map((tr) => tr.getAttribute('data-evaluation'));
  const busy = () => screen.getByRole('table', { name: /^Leaderboard of/ }).getAttribute('aria-busy');

  it('makes its rows and points a few at a time, all of them in the end, and begins anew when it is sorted', async () => {
    const idle: (() => void)[] = [];
    vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work));
    vi.stubGlobal('cancelIdleCallback', () => undefined);
    const whenIdle = async () => {
      await waitFor(() => expect(idle.length).toBeGreaterThan(0));
      await act(async () => idle.pop()!());
    };
    open({}, LONG);
    expect(screen.getByText('120 entries').getAttribute('role')).toBe('status');
    expect(rows()).toHaveLength(50);
    expect(pointNames()).toHaveLength(50);
    expect(busy()).toBe('true');
    await whenIdle();
    expect(rows()).toHaveLength(100);
    await whenIdle();
    expect(rows()).toEqual(LONG.entries.map(({ evaluation }) => evaluation));
    expect(pointNames()).toHaveLength(120);
    expect(busy()).toBe('false');
    expect(idle).toEqual([]);
    const header = screen.getByRole('columnheader', { name: /Core params/ });
    act(() => void fireEvent.click(within(header).getByRole('button', { name: /^Core params/ })));
    act(() => void fireEvent.click(within(header).getByRole('button', { name: /^Core params/ })));
    expect(rows()).toHaveLength(50);
    expect(rows()[0]).toBe('e119');
    await whenIdle();
    await whenIdle();
    expect(rows()).toHaveLength(120);
  });
});

describe('answers of other systems', () => {
  const answers = [
    answersEntry({ evaluation: 'a1', model: 'some-llm', score: 0.95, dollarsPerTask: 0.3, paper: 'https://example.org/paper' }),
    answersEntry({ evaluation: 'a2', model: 'another', score: null, interval: null }),
  ];
  const board = { ...BOARD, answers };
  const card = () => within(screen.getByRole('region', { name: 'Answers of other systems' }));

  it('stand beside the board under words of their own, and take no rank', () => {
    open({}, board);
    expect(card().getByText('answers, scored here, not run here')).toBeTruthy();
    expect(card().getByRole('link', { name: 'some-llm' }).getAttribute('href')).toBe('/evaluations/a1');
    expect(card().getByRole('link', { name: 'paper' }).getAttribute('rel')).toContain('noopener');
    expect(card().getAllByRole('link', { name: 'compare with the best run' })[0]!.getAttribute('href')).toBe('/compare?e=a1,e1');
    expect(row('e1').querySelector('[data-rank]')!.getAttribute('data-rank')).toBe('1');
    expect(row('a1').querySelector('[data-rank]')).toBeNull();
  });

  it('stand between the runs and what others published, in the order of trust', () => {
    open({}, board);
    const follows = (before: Element, after: Element) => before.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING;
    const answered = screen.getByRole('region', { name: 'Answers of other systems' });
    expect(follows(row('e3'), answered)).toBeTruthy();
    expect(follows(answered, screen.getByRole('region', { name: 'Published results' }))).toBeTruthy();
  });

  it('are hidden by a box and by the address, and left out by the filter', () => {
    const view = open({}, board);
    fireEvent.click(card().getByLabelText('show'));
    expect(view().answers).toBe(false);
    expect(card().queryAllByRole('row')).toHaveLength(0);
    cleanup();
    open({ filter: 'llm' }, board);
    expect(card().getAllByRole('row')).toHaveLength(2);
  });

  it('have a place on the plot by the cost that they say, and none on its front', () => {
    open({ axis: 'cost' }, { ...board, entries: BOARD.entries.map((run) => ({ ...run, dollarsPerTask: 0.01 })) });
    expect(point(/^some-llm/).getAttribute('aria-label')).toBe(
      'some-llm, answers, scored here, not run here: Solved 95.00% (30.0–50.0%), $0.3 per task, on the front of all claims',
    );
    expect(plot().querySelectorAll('.on-front')).toHaveLength(1);
  });
});
