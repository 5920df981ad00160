/** How many models solved a task. */
export const SOLVED = { nobody: 'solved by nobody', one: 'solved by one', all: 'solved by all' } as const;
/** By the longest side of a grid. */
export const SIZES = { small: 'up to 10 cells', medium: '11 to 20 cells', large: '21 to 30 cells' } as const;
const SORTS = {
  number: 'task number',
  '-number': 'last task first',
  solved: 'hardest first',
  '-solved': 'easiest first',
} as const;

export type SolvedBy = keyof typeof SOLVED;
export type Size = keyof typeof SIZES;
export type SetTaskSort = keyof typeof SORTS;

/** Longest text that the API looks for. */
export const LONGEST_FIND = 64;

/** Which tasks of a set are looked at, and in which order; stands in the address, so that a link shows the same. */
export interface TasksView {
  readonly find: string | null;
  readonly size: Size | null;
  /** 0…9, ascending. */
  readonly colours: readonly number[];
  readonly solved: SolvedBy | null;
  readonly sort: SetTaskSort;
  /** Number of the last task of the page before; null on the first page. */
  readonly after: number | null;
}

export const ALL_TASKS: TasksView = { find: null, size: null, colours: [], solved: null, sort: 'number', after: null };

/** What it does not understand is as in all tasks. */
export function readTasks(query: URLSearchParams): TasksView {
  const find = query.get('find');
  const colours = query.get('colours') ?? '';
  const after = query.get('after') ?? '';
  return {
    find: find && find.length <= LONGEST_FIND ? find : null,
    size: word(SIZES, query.get('size')),
    colours: /^\d(,\d){0,9}$/.test(colours) ? ascending(colours.split(',').map(Number)) : [],
    solved: word(SOLVED, query.get('solved')),
    sort: word(SORTS, query.get('sort')) ?? ALL_TASKS.sort,
    after: /^\d{1,9}$/.test(after) ? Number(after) : null,
  };
}

function word<W extends string>(words: Readonly<Record<W, string>>, text: string | null): W | null {
  return text !== null && Object.hasOwn(words, text) ? (text as W) : null;
}

function ascending(colours: readonly number[]): readonly number[] {
  return [...new Set(colours)].sort((a, b) => a - b);
}

/** The pages and the API name them the same way. */
export function writeTasks(query: URLSearchParams, { find, size, colours, solved, sort, after }: TasksView): void {
  if (find) query.set('find', find);
  if (size) query.set('size', size);
  if (colours.length > 0) query.set('colours', colours.join(','));
  if (solved) query.set('solved', solved);
  if (sort !== ALL_TASKS.sort) query.set('sort', sort);
  if (after !== null) query.set('after', String(after));
}

/** The same with or without a colour, from the first page on. */
export function withColour(view: TasksView, colour: number): TasksView {
  const had = view.colours.includes(colour);
  return { ...view, after: null, colours: had ? view.colours.filter((other) => other !== colour) : ascending([...view.colours, colour]) };
}

export function isFiltered({ find, size, colours, solved }: TasksView): boolean {
  return find !== null || size !== null || colours.length > 0 || solved !== null;
}

export function setTaskSortName(sort: SetTaskSort): string {
  return SORTS[sort];
}

/** The orders that make sense. @param counted whether anybody knows who solved what */
export function setTaskSorts(counted: boolean): readonly SetTaskSort[] {
  return (Object.keys(SORTS) as SetTaskSort[]).filter((sort) => counted || !sort.endsWith('solved'));
}
