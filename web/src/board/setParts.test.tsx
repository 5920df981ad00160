import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LeaderboardAnswer, PuzzleSetDetail, Task, UnscoredEntry } from '../api/types';
import { OutputSection } from '../task/OutputSection';
import { reading } from '../testing/reading';
import { encoded, entry, leaderboard } from '../testing/samples';
import { buildCommand } from './buildCommand';
import { LeftOut } from './LeftOut';
import { Origin } from './Origin';
import { Overlaps } from './Overlaps';
import { split, Unscored } from './Unscored';
import { WHOLE_BOARD } from './view';

const BUILT: PuzzleSetDetail = {
  name: 'arc-agi-1',
  kind: 'arc',
  digest: 'cd'.repeat(32),
  seqLen: 900,
  vocabSize: 12,
  identifierCount: 876_406,
  exampleCount: 385_815,
  taskCount: 400,
  createdAt: '2026-03-01T09:00:00Z',
  mainMetric: 'strict',
  evaluations: 2,
  successor: null,
  solutionsHidden: false,
  origin: 'recipe',
  recipe: {
    subsets: ['training', 'evaluation', 'concept'],
    testSets: ['evaluation'],
    augmentations: 1000,
    seed: 42,
    splitOrder: 'train,test',
  },
  fetchedFrom: null,
};
const answering = (body: unknown) => vi.stubGlobal('fetch', async () => Response.json(body));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('tasks that another set has, too', () => {
  const overlaps = [
    { set: 'arc-agi-2', counted: true, taskCount: 2, tasks: ['a', 'b'] },
    { set: 'other', counted: true, taskCount: 1, tasks: ['c'] },
  ];

  it('are left out by one press, and counted again by another', async () => {
    answering(overlaps);
    const { rerender } = render(<Overlaps name="arc-agi-1" view={WHOLE_BOARD} />);
    const out = await screen.findByRole('link', { name: 'Leave these 2 tasks out of the scores' });
    expect(out.getAttribute('href')).toBe('/sets/arc-agi-1?without=arc-agi-2');
    rerender(<Overlaps name="arc-agi-1" view={{ ...WHOLE_BOARD, without: 'arc-agi-2' }} />);
    const back = screen.getByRole('link', { name: 'Count these 2 tasks again' });
    expect(back.getAttribute('href')).toBe('/sets/arc-agi-1');
    expect(back.getAttribute('aria-current')).toBe('true');
    expect(screen.getByRole('link', { name: 'Leave this task out of the scores' })).toBeTruthy();
  });

  it('are listed behind a summary that is no place for a link', async () => {
    answering(overlaps);
    const { container } = render(<Overlaps name="arc-agi-1" view={WHOLE_BOARD} />);
    const link = await screen.findByRole('link', { name: 'Board of other', hidden: true });
    expect(link.getAttribute('href')).toBe('/sets/other');
    expect(container.querySelectorAll('summary')).toHaveLength(2);
    expect(container.querySelector('summary a')).toBeNull();
  });

  it('are counted where there are more of them than anybody reads', async () => {
    answering([{ set: 'other', counted: true, taskCount: 422_786, tasks: ['c', 'd'] }]);
    render(<Overlaps name="arc-agi-1" view={WHOLE_BOARD} />);
    expect(await screen.findByText(reading('c, d and 422,784 more'))).toBeTruthy();
  });

  it('are being counted for a while, and shown when they are', async () => {
    vi.useFakeTimers();
    answering([{ set: 'other', counted: false, taskCount: 0, tasks: [] }]);
    render(<Overlaps name="arc-agi-1" view={WHOLE_BOARD} />);
    await vi.waitFor(() => expect(screen.getByText(reading('Tasks also in other are being counted.'))).toBeTruthy());
    expect(screen.queryByRole('link')).toBeNull();
    answering(overlaps);
    await vi.advanceTimersByTimeAsync(4000);
    await vi.waitFor(() => expect(screen.getByRole('link', { name: 'Leave this task out of the scores' })).toBeTruthy());
    expect(screen.queryByText(reading('Tasks also in other are being counted.'))).toBeNull();
  });

  it('are named above the board while they do not count', () => {
    render(
      <LeftOut
        name="arc-agi-1"
        without={{ set: 'arc-agi-2', digest: 'ab', leftOut: 374, remaining: 26 }}
        view={{ ...WHOLE_BOARD, without: 'arc-agi-2' }}
      />,
    );
    expect(screen.getByRole('status').textContent).toContain('Without 374 tasks that arc-agi-2 has, too.');
    expect(screen.getByRole('link', { name: 'Count all tasks again' }).getAttribute('href')).toBe('/sets/arc-agi-1');
  });
});

describe('where a set comes from', () => {
  it('is the command that makes it again', async () => {
    answering(BUILT);
    render(<Origin name="arc-agi-1" />);
    expect(
      await screen.findByText(
        './arena puzzles build --from DIR --subsets training,evaluation,concept --test-set evaluation --augmentations 1000 --seed 42 --split-order train,test --name arc-agi-1',
      ),
    ).toBeTruthy();
    expect(screen.getByText('1,000')).toBeTruthy();
    expect(screen.getByTitle('Copy the whole digest of arc-agi-1 as built')).toBeTruthy();
  });

  it('is quoted for a shell, and says when solutions are missing', () => {
    const recipe = { ...BUILT.recipe!, subsets: ["it's"], testSets: ["it's"] };
    const command = buildCommand({ ...BUILT, solutionsHidden: true }, recipe);
    expect(command).toContain("--subsets 'it'\\''s' ");
    expect(command).toContain(' --allow-missing-solutions ');
  });

  it('is the file of a hub at its commit, where it was fetched', async () => {
    const page = 'https://hub.example/datasets/sam/tasks/blob/0123/arc/a_challenges.json';
    const path = 'arc/a_challenges.json';
    answering({
      ...BUILT,
      fetchedFrom: { hub: 'hub.example', repository: 'datasets/sam/tasks', path, revision: 'main', commit: '0123', page },
    });
    render(<Origin name="arc-agi-1" />);
    const link = await screen.findByRole('link', { name: 'hub.example/datasets/sam/tasks' });
    expect(link.getAttribute('href')).toBe(page);
    expect(link.title).toBe('arc/a_challenges.json at commit 0123');
  });

  it('is said as far as it is known', async () => {
    answering({ ...BUILT, origin: 'directory', recipe: null });
    render(<Origin name="arc-agi-1" />);
    expect(await screen.findByText('Imported as a dataset directory.')).toBeTruthy();
  });
});

describe('hidden solutions', () => {
  const hidden: UnscoredEntry = { ...entry({ evaluation: 'e2', model: 'nobody-knows' }), rank: null, tieGroup: null, score: null };

  it('leave entries that no table ranks', () => {
    const answer: LeaderboardAnswer = { ...leaderboard({ puzzleSet: BUILT, solutionsHidden: true }), entries: [entry(), hidden] };
    const { board, unscored } = split(answer);
    expect(board.entries).toEqual([entry()]);
    render(<Unscored entries={unscored} />);
    expect(screen.getByText('Solutions are hidden: submit the predictions where they are known')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'submission.json' }).getAttribute('href')).toBe('/api/evaluations/e2/submission.json');
  });

  it('show a prediction beside no expected output', () => {
    const grid = encoded([[1, 2]]);
    const candidates = [1, 2].map((rank) => ({ rank, grid, votes: 3, meanHalt: 0.5, correct: null, wrongCells: null }));
    const output = { index: 0, input: grid, expected: null, candidates, solutionRank: null };
    const task: Task = { index: 0, name: 'a', kind: 'arc', demonstrations: [], outputs: [output] };
    answering({ frames: [] });
    render(
      <OutputSection evaluation="e1" ran task={task} output={output} look={{ step: null, candidate: null }} onLook={() => undefined} />,
    );
    expect(screen.getByText('solution hidden')).toBeTruthy();
    expect(document.querySelector('[data-grid="expected"]')).toBeNull();
    expect(document.querySelector('[data-grid="predicted, attempt 1"]')).toBeTruthy();
    expect(document.querySelector('.verdict-wrong')).toBeNull();
  });
});
