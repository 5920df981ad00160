import type { PublishedResult } from '../api/types';
import type { Shown } from '../board/shown';

/** Whose scores do not compare: tasks that everybody can see, and tasks that are kept from models. */
export const SPLITS = ['public', 'semi-private'] as const;
export type Split = (typeof SPLITS)[number];

/** By the words of whoever published; null where they say neither. */
export function splitOf(words: string | null): Split | null {
  if (words === null) return null;
  if (/semi[-_ ]?private/i.test(words)) return 'semi-private';
  return /public/i.test(words) ? 'public' : null;
}

/** The splits that some of these are of. */
export function splitsAmong(published: readonly PublishedResult[]): readonly Split[] {
  const found = new Set(published.map((result) => splitOf(result.split)));
  return SPLITS.filter((split) => found.has(split));
}

/**
 * The rows of one split; all of them where none is asked for. What is scored here is of the split of the set, and stays where nobody
 * knows which that is.
 *
 * @param own split of the set, in words
 */
export function ofSplit(rows: Shown, own: string | null, split: Split | null): Shown {
  if (split === null) return rows;
  const here = splitOf(own) === null || splitOf(own) === split;
  return {
    entries: here ? rows.entries : [],
    answers: here ? rows.answers : [],
    published: rows.published.filter((result) => splitOf(result.split) === split),
  };
}
