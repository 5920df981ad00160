import '../styles/embed.css';
import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { api } from '../api/paths';
import type { Problem } from '../api/problem';
import { useResource } from '../api/resource';
import type { Evaluation, Task, TaskPage } from '../api/types';
import { FilmWall } from '../evaluation/FilmWall';
import { useWallFilm } from '../evaluation/OverSteps';
import { isRun } from '../evaluation/run';
import { WHOLE_WALL } from '../evaluation/wallView';
import { percent, range } from '../format/numbers';
import { metricName } from '../format/words';
import { decode } from '../grid/cells';
import { GridFigure } from '../grid/GridFigure';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { type Embeddable, to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { type Looks, lookAt, withLook } from '../task/looks';
import { StepReplay } from '../task/StepReplay';
import { EmbeddedBoard } from './EmbeddedBoard';

/** Tasks inside the page of somebody else: what fits there. */
const TILES = 60;

/** A board, an evaluation or a task inside the page of somebody else: what there is to see, and a link to all of it. */
export function EmbedPage({ of }: { readonly of: Embeddable }) {
  switch (of.page) {
    case 'set':
      return <EmbeddedBoard name={of.name} view={of.view} />;
    case 'evaluation':
      return <EmbeddedEvaluation id={of.id} step={of.step} />;
    case 'task':
      return <EmbeddedTask id={of.id} index={of.index} looks={of.looks} />;
  }
}

interface FrameProps {
  readonly name: string;
  readonly href: string;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly children: ComponentChildren;
}

/** What all of them have. */
export function EmbedFrame({ name, href, problem, loading, children }: FrameProps) {
  useTitle(name);
  return (
    <>
      <div class="embed-head">
        <h1>
          <Name>{name}</Name>
        </h1>
        <a href={href} target="_blank" rel="noopener">
          Open on trm-arena
        </a>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {loading && !problem && <Loading what={name} />}
      {children}
    </>
  );
}

function EmbeddedEvaluation({ id, step }: { readonly id: string; readonly step: number | null }) {
  const { value: evaluation, problem } = useResource<Evaluation>(api.evaluation(id));
  const name = evaluation ? `${evaluation.model} on ${evaluation.puzzleSet}` : 'Evaluation';
  return (
    <EmbedFrame name={name} href={to.evaluation(id, WHOLE_WALL, 1, step)} problem={problem} loading={!evaluation}>
      {evaluation && <ScoreLine evaluation={evaluation} />}
      {evaluation?.state === 'finished' && <EmbeddedWall evaluation={evaluation} step={step} />}
    </EmbedFrame>
  );
}

function ScoreLine({ evaluation }: { readonly evaluation: Evaluation }) {
  const { mainMetric, scores, intervals, state } = evaluation;
  const [score, interval] = [scores[mainMetric], intervals[mainMetric]];
  if (state !== 'finished' || score === undefined) return <p>{state}</p>;
  return (
    <p>
      {metricName(mainMetric)} <strong class="num">{percent(score)}</strong>
      {interval && <span class="num"> ({range(interval.low, interval.high)})</span>}
    </p>
  );
}

function EmbeddedWall({ evaluation, step }: { readonly evaluation: Evaluation; readonly step: number | null }) {
  const address = api.tasks(evaluation.id, WHOLE_WALL, 0, TILES);
  const { value: page, problem } = useResource<TaskPage>(address);
  const [stop, setStop] = useState(step);
  const film = useWallFilm(evaluation, stop, setStop);
  if (problem) return <ProblemNotice problem={problem} />;
  if (!page) return <Loading what="the tasks" />;
  return <FilmWall {...{ evaluation, page, address }} view={WHOLE_WALL} offset={0} {...film} />;
}

interface TaskProps {
  readonly id: string;
  readonly index: number;
  readonly looks: Looks;
}

function EmbeddedTask({ id, index, looks }: TaskProps) {
  const { value: task, problem } = useResource<Task>(api.task(id, index));
  const { value: evaluation } = useResource<Evaluation>(api.evaluation(id));
  const [now, setNow] = useState(looks);
  const name = task?.name || `task ${index}`;
  return (
    <EmbedFrame
      name={evaluation ? `${name} · ${evaluation.model}` : name}
      href={to.task(id, index, WHOLE_WALL, null, now)}
      problem={problem}
      loading={!task}
    >
      {task?.outputs.map((output) => (
        <EmbeddedOutput
          key={output.index}
          {...{ id, task, output }}
          ran={evaluation !== undefined && isRun(evaluation)}
          step={lookAt(now, output.index).step}
          onStep={(step) => setNow((before) => withLook(before, output.index, { step }))}
        />
      ))}
    </EmbedFrame>
  );
}

interface OutputProps {
  readonly id: string;
  readonly task: Task;
  readonly output: Task['outputs'][number];
  readonly ran: boolean;
  readonly step: number | null;
  readonly onStep: (step: number) => void;
}

function EmbeddedOutput({ id, task, output, ran, step, onStep }: OutputProps) {
  const { kind } = task;
  const input = useMemo(() => decode(output.input), [output]);
  const expected = useMemo(() => (output.expected ? decode(output.expected) : undefined), [output]);
  const [first] = output.candidates;
  const predicted = useMemo(() => (first ? decode(first.grid) : null), [first]);
  const within = task.outputs.length > 1 ? `Test output ${output.index + 1}` : undefined;
  return (
    <section class="card" aria-label={within ?? 'Test output'}>
      <h2 class={within ? 'embed-output' : 'sr'}>{within ?? 'Test output'}</h2>
      <div class="grids">
        <GridFigure title="Input" {...{ within, kind }} grid={input} />
        {predicted && <GridFigure title="Predicted" {...{ within, kind, expected, input }} grid={predicted} />}
      </div>
      {ran && (
        <StepReplay
          evaluation={id}
          task={task.index}
          output={output.index}
          canAsk={false}
          {...{ within, kind, expected, input, step, onStep }}
        />
      )}
    </section>
  );
}
