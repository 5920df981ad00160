import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { api } from '../api/paths';
import { type Resource, useResource } from '../api/resource';
import type { ComparedTask, Evaluation, Kind, Task, TestOutput } from '../api/types';
import { type Cells, decode } from '../grid/cells';
import { GridFigure } from '../grid/GridFigure';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { isSolved, Solved } from '../task/Solved';
import { letter, namesOf } from './names';

/** Widest drawing, in pixels: fits the narrowest screen. */
const WIDEST = 240;
const LARGEST_CELL = 22;

interface SideBySideProps {
  readonly task: ComparedTask;
  readonly evaluations: readonly Evaluation[];
}

/** One task as all of them answered it, every grid at one size of cell. */
export function SideBySide({ task, evaluations }: SideBySideProps) {
  const answers = useAnswers(evaluations, task.index);
  const names = namesOf(evaluations);
  const trouble = answers.find(({ problem }) => problem !== undefined);
  const read = answers.flatMap(({ value }) => (value ? [value] : []));
  const kind = evaluations[0]?.puzzleSetKind;
  const outputs = read[0]?.outputs;
  return (
    <article class="side-by-side" aria-label={`Task ${task.name}`}>
      {trouble?.problem && <ProblemNotice problem={trouble.problem} retry={trouble.reload} />}
      {!trouble && read.length < evaluations.length && <Loading what="what they answered" />}
      {kind &&
        read.length === evaluations.length &&
        outputs?.map((output, i) => (
          <Output
            key={output.index}
            within={outputs.length > 1 ? `Task ${task.name}, output ${output.index + 1}` : `Task ${task.name}`}
            {...{ kind, output, names }}
            answers={read.map((one) => one.outputs[i])}
          />
        ))}
      <p class="facts">
        {evaluations.map(({ id }, place) => (
          <a key={id} href={to.task(id, task.index)}>
            all of {letter(place)}’s answer
            <span class="sr">
              , <Name>{names[place] ?? ''}</Name>
            </span>
          </a>
        ))}
      </p>
    </article>
  );
}

/** Of up to six evaluations; those that are not there are not asked for. */
function useAnswers(evaluations: readonly Evaluation[], index: number): readonly Resource<Task>[] {
  const path = (place: number) => {
    const evaluation = evaluations[place];
    return evaluation ? api.task(evaluation.id, index) : null;
  };
  const all = [
    useResource<Task>(path(0)),
    useResource<Task>(path(1)),
    useResource<Task>(path(2)),
    useResource<Task>(path(3)),
    useResource<Task>(path(4)),
    useResource<Task>(path(5)),
  ];
  return all.slice(0, evaluations.length);
}

interface OutputProps {
  readonly within: string;
  readonly kind: Kind;
  readonly output: TestOutput;
  readonly names: readonly string[];
  readonly answers: readonly (TestOutput | undefined)[];
}

function Output({ within, kind, output, names, answers }: OutputProps) {
  const input = useMemo(() => decode(output.input), [output]);
  const expected = useMemo(() => (output.expected ? decode(output.expected) : undefined), [output]);
  const grids = useMemo(() => answers.map((answer) => answer && shownOf(kind, answer)), [kind, answers]);
  const widest = Math.max(...[input, expected, ...grids].map((grid) => grid?.columns ?? 1));
  const cell = Math.max(1, Math.min(LARGEST_CELL, Math.floor(WIDEST / widest)));
  const common = { within, kind };
  return (
    <div class="at-one-size">
      <Sized grid={input} cell={cell}>
        <GridFigure title="Input" {...common} grid={input} />
      </Sized>
      {expected && (
        <Sized grid={expected} cell={cell}>
          <GridFigure title="Expected" {...common} grid={expected} input={input} />
        </Sized>
      )}
      {answers.map((answer, place) => {
        const grid = grids[place];
        const name = `${letter(place)} ${names[place] ?? ''}`;
        if (!answer || !grid)
          return (
            <p key={name} class="nothing">
              <Name>{name}</Name> gave no answer.
            </p>
          );
        return (
          <Sized key={name} grid={grid} cell={cell}>
            <GridFigure title={name} {...common} {...{ grid, expected, input }} />
            {expected && <Solved kind={kind} output={answer} />}
          </Sized>
        );
      })}
    </div>
  );
}

interface SizedProps {
  readonly grid: Cells;
  /** Pixels. */
  readonly cell: number;
  readonly children: ComponentChildren;
}

function Sized({ grid, cell, children }: SizedProps) {
  return <div style={{ '--drawn': `${cell * grid.columns}px` }}>{children}</div>;
}

/** The attempt that is right, where one is: what was solved is what is to be seen. Else the first. */
function shownOf(kind: Kind, output: TestOutput): Cells | undefined {
  const right = isSolved(kind, output) ? output.solutionRank : 1;
  const shown = output.candidates.find(({ rank }) => rank === right) ?? output.candidates[0];
  return shown && decode(shown.grid);
}
