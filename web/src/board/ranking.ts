import type { LeaderboardEntry } from '../api/types';

const COLUMNS = ['rank', 'model', 'score', 'core', 'embedding', 'compute', 'cost', 'steps', 'finished'] as const;

/** A column that a leaderboard can be sorted by; `score:NAME` is a further metric. */
export type SortKey = (typeof COLUMNS)[number] | `score:${string}`;

export function isSortKey(text: string | null | undefined): text is SortKey {
  return typeof text === 'string' && (/^score:./.test(text) || COLUMNS.some((column) => column === text));
}

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const BY_RANK: Sorting = { key: 'rank', descending: false };

/** Best, newest, largest first where that is what one looks for. */
function startsDescending(key: SortKey): boolean {
  return key === 'score' || key === 'finished' || key.startsWith('score:');
}

/** What a press on a column's header leads to. */
export function pressed(current: Sorting, key: SortKey): Sorting {
  return current.key === key ? { key, descending: !current.descending } : { key, descending: startsDescending(key) };
}

export function ariaSort(current: Sorting, key: SortKey): 'ascending' | 'descending' | 'none' {
  if (current.key !== key) return 'none';
  return current.descending ? 'descending' : 'ascending';
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Always known of what stands on a board; the record it comes from also describes evaluations under way. */
const finished = (entry: LeaderboardEntry): string => entry.finishedAt ?? '';

/** What was not recorded stands behind everything that was. */
const known = (value: number | null): number => value ?? Number.MAX_VALUE;

function ascending(key: SortKey, a: LeaderboardEntry, b: LeaderboardEntry): number {
  switch (key) {
    case 'rank':
      return a.rank - b.rank;
    case 'model':
      return names.compare(a.model, b.model);
    case 'score':
      return a.score - b.score;
    case 'core':
      return a.coreParameters - b.coreParameters;
    case 'embedding':
      return a.embeddingParameters - b.embeddingParameters;
    case 'compute':
      return a.computeMillis - b.computeMillis;
    case 'cost':
      return known(a.dollarsPerTask) - known(b.dollarsPerTask);
    case 'steps':
      return known(a.meanSteps) - known(b.meanSteps);
    case 'finished':
      return finished(a).localeCompare(finished(b));
    default:
      return (a.scores[key.slice(6)] ?? 0) - (b.scores[key.slice(6)] ?? 0);
  }
}

/** The entries in the asked order; equal ones in the order of the board, whichever way it runs. */
export function sorted(entries: readonly LeaderboardEntry[], by: Sorting): readonly LeaderboardEntry[] {
  const key = by.key;
  const metric = key.startsWith('score:') ? key.slice(6) : null;
  return [...entries].sort((a, b) => {
    // An entry without the metric is neither best nor worst: it stays below the others.
    if (metric !== null) {
      const lacking = Number(a.scores[metric] === undefined) - Number(b.scores[metric] === undefined);
      if (lacking !== 0) return lacking;
    }
    const order = ascending(key, a, b);
    if (order !== 0) return by.descending ? -order : order;
    return a.rank - b.rank || finished(a).localeCompare(finished(b));
  });
}

/** True when another entry has the same rank: it is then shown as "2=". */
export function tied(entries: readonly LeaderboardEntry[], entry: LeaderboardEntry): boolean {
  return entries.some((other) => other !== entry && other.rank === entry.rank);
}
