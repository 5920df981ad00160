import type { LeaderboardEntry } from '../api/types';

/** The first that reached a score which nothing before it had. */
export interface BestYet {
  /** ISO 8601. */
  readonly time: string;
  readonly score: number;
  readonly model: string;
  readonly evaluation: string;
}

/** When the best score of a board rose, and to what; oldest first. */
export function bestOverTime(entries: readonly LeaderboardEntry[]): readonly BestYet[] {
  const records: BestYet[] = [];
  const finished = entries.flatMap((entry) => (entry.finishedAt === null ? [] : [{ ...entry, finishedAt: entry.finishedAt }]));
  // Of those that ended at one moment the best alone is a record.
  finished.sort((a, b) => Date.parse(a.finishedAt) - Date.parse(b.finishedAt) || b.score - a.score);
  for (const { finishedAt, score, model, evaluation } of finished) {
    if (score > (records.at(-1)?.score ?? Number.NEGATIVE_INFINITY)) records.push({ time: finishedAt, score, model, evaluation });
  }
  return records;
}
