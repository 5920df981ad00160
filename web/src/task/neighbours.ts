import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { TaskFilter, TaskPage, TaskSummary } from '../api/types';
import { matching } from '../evaluation/verdict';
import { to } from '../shell/routes';

export interface Neighbours {
  readonly previous: string | null;
  readonly next: string | null;
  /** "task 3 of 40", "wrong task 2 of 7" */
  readonly words: string;
}

/** Where a task stands in the list that one is walking through. */
export interface Walk {
  readonly id: string;
  readonly only: TaskFilter;
  readonly at: number;
}

/** Reads the tasks beside this one: the address says where in the filtered list it stands. */
export function useNeighbours(id: string, index: number, only: TaskFilter, at: number | null): Neighbours | null {
  // Without a place in the filtered list one walks through all tasks, where a task's place is its index.
  const walk: Walk = at === null ? { id, only: 'all', at: index } : { id, only, at };
  const from = Math.max(0, walk.at - 1);
  const { value } = useResource<TaskPage>(api.tasks(id, walk.only, from, walk.at - from + 2));
  return value ? neighbours(walk, value, from) : null;
}

/** page: the tasks from place `from` of the walk on. */
export function neighbours(walk: Walk, page: TaskPage, from: number): Neighbours {
  const address = (place: number): string | null => {
    const task: TaskSummary | undefined = place < from ? undefined : page.tasks[place - from];
    return task ? to.task(walk.id, task.index, walk.only, place) : null;
  };
  const kind = walk.only === 'all' ? 'task' : `${walk.only} task`;
  return {
    previous: address(walk.at - 1),
    next: address(walk.at + 1),
    words: `${kind} ${walk.at + 1} of ${matching(page, walk.only)}`,
  };
}

/** Which neighbour a key asks for; null when it means something else where it was pressed. */
export function neighbourKey(event: KeyboardEvent): 'previous' | 'next' | null {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  // Fields and rooms that scroll sideways need the arrows themselves.
  const target = event.target as Element | null;
  if (target?.closest?.('input, textarea, select, [contenteditable], [role="region"], pre')) return null;
  if (event.key === 'ArrowLeft') return 'previous';
  return event.key === 'ArrowRight' ? 'next' : null;
}
