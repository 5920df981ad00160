import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Leaderboard } from '../api/types';
import { entry, leaderboard, protocol } from '../testing/samples';
import { BoardSection } from './BoardSection';
import { SetPage } from './SetPage';
import { type BoardView, WHOLE_BOARD } from './view';
import { WholeBoard } from './WholeBoard';

const EARLY = protocol({
  key: '16-steps.bfloat16.early',
  label: '16 steps · bfloat16 · halts early',
  earlyHalting: true,
  whole: false,
});
const BOTH = [
  { protocol: protocol(), evaluations: 3 },
  { protocol: EARLY, evaluations: 1 },
];

const open = (board: Leaderboard, view: Partial<BoardView> = {}) =>
  render(<WholeBoard board={board} view={{ ...WHOLE_BOARD, ...view }} onView={() => undefined} />);
const shownProtocol = () => document.querySelector('.protocol-choice .protocol')!;
const meanStepCells = () => [...document.querySelectorAll('[data-mean-steps]')].map((cell) => cell.textContent);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the protocol of a board', () => {
  it('is always said; a lone one is no choice', () => {
    open(leaderboard({ entries: [entry()] }));
    expect(shownProtocol().textContent).toBe('16 steps · bfloat16');
    expect(screen.queryByRole('navigation', { name: 'Protocols' })).toBeNull();
    expect(screen.queryByText('preview or analysis')).toBeNull();
  });

  it('is chosen among all that something finished by, and what else was asked stays', () => {
    open(leaderboard({ entries: [entry()], protocols: BOTH }), { without: 'other', axis: 'total' });
    const links = within(screen.getByRole('navigation', { name: 'Protocols' })).getAllByRole('link');
    expect(links.map((link) => link.textContent)).toEqual(['16 steps · bfloat16 3', '16 steps · bfloat16 · halts early 1']);
    expect(links.map((link) => link.getAttribute('aria-current'))).toEqual(['true', null]);
    expect(links[1]!.getAttribute('href')).toBe('/sets/sudoku-4x4?x=total&without=other&protocol=16-steps.bfloat16.early');
  });

  it('is marked when it is not how the authors report scores', () => {
    open(leaderboard({ entries: [entry()], protocol: EARLY, protocols: BOTH }));
    expect(shownProtocol().textContent).toContain('preview or analysis');
  });

  it('that halts early shows how many steps were taken and what that saved', () => {
    const entries = [entry({ meanSteps: 4 }), entry({ evaluation: 'e2', meanSteps: 16 }), entry({ evaluation: 'e3', meanSteps: null })];
    open(leaderboard({ entries, protocol: EARLY, protocols: BOTH }));
    expect(screen.getByRole('columnheader', { name: /Mean steps/ })).toBeTruthy();
    expect(meanStepCells()).toEqual(['4.00saves 75.00%', '16.0', '–']);
    cleanup();
    open(leaderboard({ entries, protocols: BOTH }));
    expect(screen.queryByRole('columnheader', { name: /Mean steps/ })).toBeNull();
  });

  it('is said on the overview, too', async () => {
    const board = leaderboard({ entries: [entry()], protocol: EARLY });
    vi.stubGlobal('fetch', async () => Response.json(board));
    render(<BoardSection set={board.puzzleSet} round={0} />);
    await screen.findByRole('table');
    expect(shownProtocol().getAttribute('data-protocol')).toBe(EARLY.key);
  });
});

describe('a page of a set', () => {
  it('asks for the board of its address, and leads back when there is none', async () => {
    const asked: string[] = [];
    vi.stubGlobal(
      'EventSource',
      class {
        close() {}
        addEventListener() {}
      },
    );
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path);
      if (!path.includes('/leaderboard')) return Response.json([]);
      return Response.json({ status: 404, title: "nothing finished on a by the protocol '8-steps.float32'" }, { status: 404 });
    });
    render(<SetPage name="a" view={{ ...WHOLE_BOARD, protocol: '8-steps.float32' }} />);
    const back = await screen.findByRole('link', { name: 'Show the board of the usual protocol' });
    expect(back.getAttribute('href')).toBe('/sets/a');
    expect(asked).toContain('/api/puzzle-sets/a/leaderboard?protocol=8-steps.float32');
    expect(screen.queryByRole('link', { name: 'Count all tasks' })).toBeNull();
  });
});
