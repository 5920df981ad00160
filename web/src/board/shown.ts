import type { AnswersEntry, Leaderboard, LeaderboardEntry, PublishedResult } from '../api/types';
import { sorted } from './ranking';
import type { BoardView } from './view';

/** The rows of a board that a view shows, in its order: what the table, the plot and an export have in common. */
export interface Shown {
  readonly entries: readonly LeaderboardEntry[];
  readonly answers: readonly AnswersEntry[];
  readonly published: readonly PublishedResult[];
}

export function shown(board: Leaderboard, view: BoardView): Shown {
  const words = view.filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const has = (...texts: readonly string[]) => {
    const text = texts.join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return {
    entries: sorted(
      board.entries.filter((e) => has(e.model, e.architecture, e.fileName, e.checkpoint, e.evaluation)),
      view.sorting,
    ),
    answers: view.answers ? board.answers.filter((a) => has(a.model, a.fileName, a.evaluation)) : [],
    published: view.published ? board.published.filter((r) => has(r.method, r.split, r.metric, r.source)) : [],
  };
}

/** Solver time that a task cost, in milliseconds. */
export function computePerTask(entry: LeaderboardEntry, taskCount: number): number {
  return entry.computeMillis / Math.max(1, taskCount);
}

/** Whether a price is known of anything that ran here. */
export function priced(board: Leaderboard): boolean {
  return board.entries.some((entry) => entry.dollarsPerTask !== null);
}

/** Names a published result on a page: method and split together occur once. */
export function publishedKey(result: PublishedResult): string {
  return `published ${result.method}, ${result.split}, ${result.source}`;
}
