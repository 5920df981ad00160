import { useMemo, useRef } from 'preact/hooks';
import type { Evaluation, TaskSummary } from '../api/types';
import { percent } from '../format/numbers';
import { hasCells } from '../grid/Thumbnail';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { useGrowing } from '../shell/useGrowing';
import { VERDICT_ICONS, verdictSign, verdictWords } from './verdict';
import { WallSheets } from './WallSheet';
import type { Stop } from './wallFilm';
import { walkByKeys } from './wallKeys';
import type { WallView } from './wallView';

/** Tiles that are made at once: some milliseconds of work on a slow machine. */
const SLICE = 25;

interface WallProps {
  readonly evaluation: Evaluation;
  readonly tasks: readonly TaskSummary[];
  readonly view: WallView;
  /** Place of the first of these tasks among all that the view shows. */
  readonly offset: number;
  /** What these tasks are shown after; null for what the evaluation answered. */
  readonly stop: Stop;
}

/**
 * Hundreds of tiles, a slice at a time, so that nobody who scrolls or types waits for them: the first slice at once, the others
 * when the browser has nothing else to do. Until then every tile has its room, so that nothing moves.
 */
export function Wall({ evaluation, tasks, view, offset, stop }: WallProps) {
  const list = useRef<HTMLUListElement>(null);
  const { id } = evaluation;
  const { only, sort } = view;
  const slices = useMemo(() => {
    const made = [];
    for (let from = 0; from < tasks.length; from += SLICE) {
      const part = tasks.slice(from, from + SLICE);
      made.push({
        tiles: <Tiles key={from} evaluation={id} tasks={part} view={{ only, sort }} offset={offset + from} stop={stop} />,
        room: <Room key={from} tasks={part} />,
      });
    }
    return made;
  }, [id, tasks, only, sort, offset, stop]);
  const ready = useGrowing(slices.length, 1);
  // The very same element as before is not looked at again: a slice costs its own tiles, not those before it.
  return (
    <div class="wall-room">
      <ul
        class={stop === null ? 'wall' : 'wall wall-film-on'}
        ref={list}
        aria-label="Tasks"
        aria-busy={ready < slices.length}
        onKeyDown={walkByKeys}
      >
        {slices.map(({ tiles, room }, i) => (i < ready ? tiles : room))}
      </ul>
      <WallSheets list={list} tasks={tasks} kind={evaluation.puzzleSetKind} />
    </div>
  );
}

function Room({ tasks }: Pick<WallProps, 'tasks'>) {
  return (
    <>
      {tasks.map((task) => (
        <li key={task.index} />
      ))}
    </>
  );
}

interface TilesProps extends Pick<WallProps, 'tasks' | 'view' | 'offset' | 'stop'> {
  readonly evaluation: string;
}

function Tiles({ evaluation, tasks, view, offset, stop }: TilesProps) {
  const looks = stop === null ? [] : [{ step: stop, candidate: null }];
  return (
    <>
      {tasks.map((task, i) => (
        <li key={task.index}>
          <Tile task={task} href={to.task(evaluation, task.index, view, offset + i, looks)} stop={stop} />
        </li>
      ))}
    </>
  );
}

interface TileProps {
  readonly task: TaskSummary;
  readonly href: string;
  readonly stop: Stop;
}

function Tile({ task, href, stop }: TileProps) {
  const { verdict } = task;
  const missing = stop !== null && task.thumbnail === null;
  const words = missing ? 'not kept' : verdictWords(task);
  const name = task.name || `task ${task.index}`;
  return (
    <a
      class={verdict ? `tile-link tile-${verdict}` : 'tile-link'}
      href={href}
      aria-label={`Task ${name}: ${words}`}
      title={`${name}: ${words}${stop === null ? `; halt score ${percent(task.meanHalt)}` : ''}`}
      data-task={task.index}
      data-verdict={verdict ?? undefined}
    >
      <span class="tile-grid">{!hasCells(task.thumbnail) && !missing && 'no answer'}</span>
      <span class="tile-name">
        <Name>{name}</Name>
      </span>
      <span class={verdict ? `verdict verdict-${verdict}` : 'verdict'}>
        {verdict && <Icon name={VERDICT_ICONS[verdict]} />} {missing ? words : verdictSign(task)}
      </span>
    </a>
  );
}
