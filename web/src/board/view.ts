import type { BoardOf } from '../api/types';
import { BY_RANK, isSortKey, type Sorting } from './ranking';

/** What a plot can lay its entries out by. */
export const AXES = ['core', 'total', 'compute', 'cost'] as const;
export type Axis = (typeof AXES)[number];

/** How a leaderboard is looked at; all of it stands in the address, so that a link shows the same. */
export interface BoardView extends BoardOf {
  readonly sorting: Sorting;
  /** Words that a shown row has all of, in any case. */
  readonly filter: string;
  readonly published: boolean;
  readonly axis: Axis;
}

export const WHOLE_BOARD: BoardView = { sorting: BY_RANK, filter: '', published: true, axis: 'core', without: null, protocol: null };

/** Reads the search part of an address; what it does not understand is as in the whole board. */
export function readView(search: string): BoardView {
  const query = new URLSearchParams(search);
  return {
    sorting: readSorting(query.get('sort')),
    filter: query.get('filter') ?? '',
    published: query.get('published') !== 'hidden',
    axis: AXES.find((axis) => axis === query.get('x')) ?? WHOLE_BOARD.axis,
    without: query.get('without') || null,
    protocol: query.get('protocol') || null,
  };
}

/** The search part of an address, empty for the whole board. */
export function writeView(view: BoardView): string {
  const query = new URLSearchParams();
  const { key, descending } = view.sorting;
  if (key !== BY_RANK.key || descending !== BY_RANK.descending) query.set('sort', `${descending ? '-' : ''}${key}`);
  if (view.filter !== '') query.set('filter', view.filter);
  if (!view.published) query.set('published', 'hidden');
  if (view.axis !== WHOLE_BOARD.axis) query.set('x', view.axis);
  if (view.without !== null) query.set('without', view.without);
  if (view.protocol !== null) query.set('protocol', view.protocol);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function readSorting(text: string | null): Sorting {
  const descending = text?.startsWith('-') ?? false;
  const key = descending ? text?.slice(1) : text;
  return isSortKey(key) ? { key, descending } : BY_RANK;
}
