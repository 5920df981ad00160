import { RULES, type TaskFilter, type TaskPage, type TaskSummary, type TaskVerdict } from '../api/types';
import { count, percent, plural } from '../format/numbers';
import type { IconName } from '../shell/Icon';

/** Tasks on one page of the wall: as many as the API gives at once. An ARC set is one page. */
export const PER_PAGE = RULES.tasksAtOnce;

/** Each verdict has a shape of its own: it is told without its colour. */
export const VERDICT_ICONS: Readonly<Record<TaskVerdict, IconName>> = {
  first: 'right',
  second: 'second',
  later: 'later',
  partly: 'partly',
  never: 'wrong',
  right: 'right',
  wrong: 'wrong',
};

/** The few letters on a tile. */
export function verdictSign({ verdict, solutionRank, wrongCells }: Pick<TaskSummary, 'verdict' | 'solutionRank' | 'wrongCells'>): string {
  if (verdict === null) return 'hidden';
  if (solutionRank !== null && (verdict === 'first' || verdict === 'second' || verdict === 'later')) return `at ${count(solutionRank)}`;
  return verdict === 'wrong' && wrongCells ? plural(wrongCells, 'cell') : verdict;
}

/** The whole of it, for those who hear the tile or point at it. */
export function verdictWords(task: Pick<TaskSummary, 'verdict' | 'outputs' | 'solutionRank' | 'wrongCells' | 'rightCells'>): string {
  const { verdict, outputs, wrongCells, rightCells } = task;
  switch (verdict) {
    case null:
      return 'solution hidden';
    case 'first':
    case 'second':
    case 'later':
      return `solved at ${count(task.solutionRank ?? NaN)}`;
    case 'partly':
      return `partly solved, ${plural(outputs, 'test output')}`;
    case 'right':
      return 'right';
    default: {
      const cells = wrongCells ? `, ${plural(wrongCells, 'cell')} wrong` : '';
      const share = rightCells === null ? '' : `, ${percent(rightCells)} of the cells right`;
      return `${verdict === 'never' ? 'never solved' : 'wrong'}${outputs === 1 ? cells : ''}${share}`;
    }
  }
}

/** What a filter is called. most: the candidates that count, null where there are none. */
export function filterName(filter: TaskFilter, most: number | null): string {
  switch (filter) {
    case 'first':
      return 'solved at 1';
    case 'second':
      return 'at 2';
    case 'later':
      return most === null ? 'later' : `in the top ${count(most)}`;
    default:
      return filter;
  }
}

/** How many tasks a filter leaves. */
export function matching(page: TaskPage, only: TaskFilter): number {
  if (page.solutionsHidden) return page.total;
  if (only === 'all') return page.right + page.wrong;
  return only === 'right' || only === 'wrong' ? page[only] : (page.verdicts.find(({ verdict }) => verdict === only)?.tasks ?? 0);
}

export function pageCount(tasks: number): number {
  return Math.max(1, Math.ceil(tasks / PER_PAGE));
}

/** Page numbers to link: the ends, the present one and its neighbours; null is a gap. */
export function pageLinks(current: number, pages: number): readonly (number | null)[] {
  const wanted = [1, current - 1, current, current + 1, pages].filter((n) => n >= 1 && n <= pages);
  const numbers = [...new Set(wanted)].sort((a, b) => a - b);
  return numbers.flatMap((n, i) => {
    const before = numbers[i - 1];
    if (before === undefined || n === before + 1) return [n];
    return n === before + 2 ? [n - 1, n] : [null, n];
  });
}
