import { type TaskSort as AnySort, type Evaluation, type Kind, type TaskFilter, VERDICTS } from '../api/types';

/** The orders that the page offers, of those that the API knows. */
const SORTS = {
  number: 'task number',
  name: 'name',
  verdict: 'best first',
  '-verdict': 'worst first',
  '-halt': 'highest halt score first',
  halt: 'lowest halt score first',
  '-votes': 'most votes first',
  votes: 'fewest votes first',
  '-cells': 'most cells right first',
  cells: 'fewest cells right first',
} as const satisfies { readonly [Sort in AnySort]?: string };

export type TaskSort = keyof typeof SORTS;

const FILTERS: readonly TaskFilter[] = ['all', ...VERDICTS];

/** Which tasks are looked at, and in which order; stands in the address, so that a link shows the same. */
export interface WallView {
  readonly only: TaskFilter;
  readonly sort: TaskSort;
}

export const WHOLE_WALL: WallView = { only: 'all', sort: 'number' };

/** Whether the place of a task among those that are shown is its number. */
export function isWhole(view: WallView): boolean {
  return view.only === 'all' && view.sort === 'number';
}

/** What it does not understand is as in the whole wall. */
export function readWall(query: URLSearchParams): WallView {
  const [only, sort] = [query.get('only'), query.get('sort')];
  return {
    only: FILTERS.find((filter) => filter === only) ?? WHOLE_WALL.only,
    sort: sort !== null && Object.hasOwn(SORTS, sort) ? (sort as TaskSort) : WHOLE_WALL.sort,
  };
}

/** The pages and the API name them the same way. */
export function writeWall(query: URLSearchParams, view: WallView): void {
  if (view.only !== WHOLE_WALL.only) query.set('only', view.only);
  if (view.sort !== WHOLE_WALL.sort) query.set('sort', view.sort);
}

export function sortName(sort: TaskSort): string {
  return SORTS[sort];
}

/** The orders that make sense for a kind; where the solutions are hidden, those that do not need them. */
export function sortsOf(kind: Kind, hidden: boolean): readonly TaskSort[] {
  return (Object.keys(SORTS) as TaskSort[]).filter((sort) => {
    if (sort.endsWith('votes')) return kind === 'arc';
    return !hidden || !(sort.endsWith('verdict') || sort.endsWith('cells'));
  });
}

/** The largest K of an evaluation's pass@K: candidates behind it count nowhere; null where there is none. */
export function mostCandidates({ scores }: Pick<Evaluation, 'scores'>): number | null {
  const ks = Object.keys(scores).flatMap((name) => /^pass@(\d+)$/.exec(name)?.[1] ?? []);
  return ks.length === 0 ? null : Math.max(...ks.map(Number));
}
