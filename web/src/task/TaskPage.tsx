import { useEffect, useLayoutEffect } from 'preact/hooks';
import { api } from '../api/paths';
import { prefetch, useResource } from '../api/resource';
import type { Evaluation, Task } from '../api/types';
import { isRun } from '../evaluation/run';
import { PER_PAGE } from '../evaluation/verdict';
import { type WallView, WHOLE_WALL } from '../evaluation/wallView';
import { plural } from '../format/numbers';
import { kindName } from '../format/words';
import { PaletteSwitch } from '../grid/PaletteSwitch';
import { Share } from '../share/Share';
import { Crumbs } from '../shell/Crumbs';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { Demonstrations } from './Demonstrations';
import { type Looks, lookAt, withLook } from './looks';
import { type Neighbours, neighbourKey, useNeighbours } from './neighbours';
import { OutputSection } from './OutputSection';

const loadFilms = () => import('../share/films');

interface PageProps {
  readonly id: string;
  readonly index: number;
  readonly view: WallView;
  readonly at: number | null;
  readonly looks: Looks;
}

/** One task of an evaluation: its grids, what the model answered, and where that is wrong. */
export function TaskPage({ id, index, view, at, looks }: PageProps) {
  const { value: task, problem, reload } = useResource<Task>(api.task(id, index));
  const { value: evaluation, problem: trouble } = useResource<Evaluation>(api.evaluation(id));
  const beside = useNeighbours(id, index, view, at);
  const name = task?.name || `task ${index}`;
  useArrowKeys(beside);
  useEffect(() => beside?.ahead.forEach(prefetch), [beside]);
  useTitle(evaluation ? `${name} · ${evaluation.model}` : name);
  const look = (now: Looks) => navigate(to.task(id, index, view, at, now), true);
  const back = to.evaluation(id, at === null ? WHOLE_WALL : view, Math.floor((at ?? index) / PER_PAGE) + 1);
  return (
    <>
      <Crumbs
        steps={[
          { name: 'Leaderboards', href: to.overview() },
          ...(evaluation ? [{ name: evaluation.puzzleSet, href: to.set(evaluation.puzzleSet) }] : []),
          { name: evaluation?.model ?? 'Evaluation', href: back },
        ]}
      />
      <div class="task-head">
        <h1 tabIndex={-1}>
          <Name>{name}</Name>
        </h1>
        {task && evaluation && (
          <Share
            name={`${name} by ${evaluation.model}`}
            badge={evaluation}
            film={() => loadFilms().then((of) => of.filmOfTask(evaluation, task, looks))}
          />
        )}
        <Walk beside={beside} />
      </div>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!task && !problem && <Loading what="the task" />}
      {task && (
        <Contents
          evaluation={id}
          set={evaluation?.puzzleSet}
          ran={evaluation ? isRun(evaluation) : trouble !== undefined}
          task={task}
          looks={looks}
          onLook={look}
        />
      )}
    </>
  );
}

interface ContentsProps {
  readonly evaluation: string;
  /** Name of its puzzle set; undefined until it is known. */
  readonly set: string | undefined;
  /** Whether a checkpoint gave the answers, and not another system. */
  readonly ran: boolean;
  readonly task: Task;
  readonly looks: Looks;
  readonly onLook: (looks: Looks) => void;
}

function Contents({ evaluation, set, ran, task, looks, onLook }: ContentsProps) {
  return (
    <>
      <p class="facts">
        <span class="tag">{kindName(task.kind)}</span>
        {task.kind === 'arc' && <span>{plural(task.demonstrations.length, 'demonstration')}</span>}
        {task.outputs.length > 1 && <span>{plural(task.outputs.length, 'test output')}</span>}
        <MarkLegend task={task} />
        {task.kind === 'arc' && <PaletteSwitch />}
        {set !== undefined && (
          <a href={to.setTask(set, task.kind === 'arc' ? task.name : String(task.index + 1))}>What other models answered</a>
        )}
      </p>
      {task.demonstrations.length > 0 && <Demonstrations kind={task.kind} demonstrations={task.demonstrations} />}
      {task.outputs.map((output) => (
        <OutputSection
          key={output.index}
          {...{ evaluation, ran, task, output }}
          look={lookAt(looks, output.index)}
          onLook={(change) => onLook(withLook(looks, output.index, change))}
        />
      ))}
    </>
  );
}

function MarkLegend({ task }: { readonly task: Task }) {
  return (
    <span>
      wrong cells {task.kind === 'arc' || task.kind === 'maze' ? 'are crossed out' : 'have a red corner'}
      {task.kind === 'sudoku' && ', digits that stand twice are circled'}
    </span>
  );
}

function Walk({ beside }: { readonly beside: Neighbours | null }) {
  if (!beside) return null;
  return (
    <nav class="walk" aria-label="Tasks">
      {beside.previous ? (
        <a class="button" rel="prev" href={beside.previous} aria-keyshortcuts="ArrowLeft" title="Previous task (left arrow key)">
          <Icon name="previous" /> Previous
        </a>
      ) : (
        <span class="button button-off">
          <Icon name="previous" /> Previous
        </span>
      )}
      <span class="walk-place">{beside.words}</span>
      {beside.next ? (
        <a class="button" rel="next" href={beside.next} aria-keyshortcuts="ArrowRight" title="Next task (right arrow key)">
          Next <Icon name="next" />
        </a>
      ) : (
        <span class="button button-off">
          Next <Icon name="next" />
        </span>
      )}
    </nav>
  );
}

function useArrowKeys(beside: Neighbours | null): void {
  // Before the paint: who sees the links may press the keys.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = neighbourKey(event);
      const address = key && beside?.[key];
      if (!address) return;
      event.preventDefault();
      navigate(address);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [beside]);
}
