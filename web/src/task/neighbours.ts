import { useMemo } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { TaskPage, TaskSummary } from '../api/types';
import { filterName, matching } from '../evaluation/verdict';
import { type WallView, WHOLE_WALL } from '../evaluation/wallView';
import { to } from '../shell/routes';

export interface Neighbours {
  readonly previous: string | null;
  readonly next: string | null;
  /** "task 3 of 40", "wrong: task 2 of 7" */
  readonly words: string;
  /** What the pages of the neighbours will read: fetched ahead, walking through tasks does not flicker. */
  readonly ahead: readonly string[];
}

/** Where a task stands in the list that one is walking through. */
export interface Walk {
  readonly id: string;
  readonly view: WallView;
  readonly at: number;
}

/** Reads the tasks beside this one: the address says where in the filtered and sorted list it stands. */
export function useNeighbours(id: string, index: number, view: WallView, at: number | null): Neighbours | null {
  // Without a place in the filtered list one walks through all tasks, where a task's place is its index.
  const place = at ?? index;
  const { only, sort } = at === null ? WHOLE_WALL : view;
  const walk = useMemo<Walk>(() => ({ id, view: { only, sort }, at: place }), [id, only, sort, place]);
  const { value } = useResource<TaskPage>(around(walk));
  return useMemo(() => (value ? neighbours(walk, value) : null), [value, walk]);
}

/** Where to read the task at a place of the walk with the one before and the one after. */
function around(walk: Walk): string {
  const from = firstOf(walk);
  return api.tasks(walk.id, walk.view, from, walk.at - from + 2);
}

function firstOf(walk: Walk): number {
  return Math.max(0, walk.at - 1);
}

/** page: the answer of {@link around}. */
export function neighbours(walk: Walk, page: TaskPage): Neighbours {
  const from = firstOf(walk);
  const taskAt = (place: number): TaskSummary | undefined => (place < from ? undefined : page.tasks[place - from]);
  const address = (place: number): string | null => {
    const task = taskAt(place);
    return task ? to.task(walk.id, task.index, walk.view, place) : null;
  };
  const ahead = [walk.at + 1, walk.at - 1].flatMap((at) => {
    const task = taskAt(at);
    return task ? [api.task(walk.id, task.index), around({ ...walk, at })] : [];
  });
  const { only } = walk.view;
  const filtered = only === 'all' ? '' : `${filterName(only, null)}: `;
  return {
    previous: address(walk.at - 1),
    next: address(walk.at + 1),
    // An address may name a place behind the last one.
    words: taskAt(walk.at) ? `${filtered}task ${walk.at + 1} of ${matching(page, only)}` : `${filtered}${matching(page, only)} tasks`,
    ahead,
  };
}

/** Which neighbour a key asks for; null when it means something else where it was pressed. */
export function neighbourKey(event: KeyboardEvent): 'previous' | 'next' | null {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  // Fields and rooms that scroll sideways need the arrows themselves.
  const target = event.target as Element | null;
  if (target?.closest?.('input, textarea, select, [contenteditable], [role="region"], section[tabindex], pre')) return null;
  if (event.key === 'ArrowLeft') return 'previous';
  return event.key === 'ArrowRight' ? 'next' : null;
}
