import type { BoardOf } from '../api/types';
import { type Picture, readPicture, WHOLE_PICTURE, writePicture } from '../plot/picture';
import type { Columns } from './columns';
import { BY_RANK, isSortKey, type Sorting } from './ranking';

/** How a leaderboard is looked at; all of it stands in the address, so that a link shows the same. */
export interface BoardView extends BoardOf, Picture {
  readonly sorting: Sorting;
  /** Words that a shown row has all of, in any case. */
  readonly filter: string;
  readonly published: boolean;
  /** Whether answers of other systems are shown. */
  readonly answers: boolean;
  readonly columns: Columns;
}

export const WHOLE_BOARD: BoardView = {
  sorting: BY_RANK,
  filter: '',
  published: true,
  answers: true,
  columns: null,
  ...WHOLE_PICTURE,
  without: null,
  protocol: null,
};

/** Reads the search part of an address; what it does not understand is as in the whole board. */
export function readView(search: string): BoardView {
  const query = new URLSearchParams(search);
  return {
    sorting: readSorting(query.get('sort')),
    filter: query.get('filter') ?? '',
    published: query.get('published') !== 'hidden',
    answers: query.get('answers') !== 'hidden',
    columns:
      query
        .get('columns')
        ?.split(',')
        .filter((id) => id !== '') ?? null,
    ...readPicture(query),
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
  if (!view.answers) query.set('answers', 'hidden');
  if (view.columns !== null) query.set('columns', view.columns.join(','));
  writePicture(query, view);
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
