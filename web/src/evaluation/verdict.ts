import type { TaskFilter, TaskPage, TaskSummary } from '../api/types';
import { count, plural } from '../format/numbers';

/** Tasks on one page of the gallery. */
export const PER_PAGE = 60;

export type Verdict = 'right' | 'partly' | 'wrong';

/** A task is right when all of its test outputs are solved. */
export function verdict(task: Pick<TaskSummary, 'outputs' | 'solved'>): Verdict {
  if (task.solved >= task.outputs) return 'right';
  return task.solved > 0 ? 'partly' : 'wrong';
}

/** The words beside the icon. */
export function verdictWords(task: Pick<TaskSummary, 'outputs' | 'solved' | 'wrongCells'>): string {
  switch (verdict(task)) {
    case 'right':
      return 'right';
    case 'partly':
      return `${count(task.solved)} of ${count(task.outputs)} right`;
    case 'wrong':
      return task.wrongCells ? `${plural(task.wrongCells, 'cell')} wrong` : 'wrong';
  }
}

/** How many tasks a filter leaves. */
export function matching(page: TaskPage, only: TaskFilter): number {
  if (page.solutionsHidden) return page.total;
  return only === 'all' ? page.right + page.wrong : page[only];
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
