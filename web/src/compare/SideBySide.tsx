import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { ComparedTask, Evaluation, Kind, Task, TestOutput } from '../api/types';
import { ranBy } from '../evaluation/run';
import { type Cells, decode } from '../grid/cells';
import { GridFigure } from '../grid/GridFigure';
import { drawWhenNear } from '../grid/near';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { isSolved, Solved } from '../task/Solved';

interface SideBySideProps {
  readonly task: ComparedTask;
  readonly first: Evaluation;
  readonly second: Evaluation;
}

/** One task as both answered it; read from the platform when it comes near what is seen. */
export function SideBySide({ task, first, second }: SideBySideProps) {
  const place = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => (place.current ? drawWhenNear(place.current, () => setNear(true)) : undefined), []);
  return (
    <article class="side-by-side" ref={place} data-task={task.index} aria-label={`Task ${task.name}`}>
      <header class="facts">
        <h3>
          <code>
            <Name>{task.name}</Name>
          </code>
        </h3>
        <a href={to.task(first.id, task.index)}>
          all of <Name>{nameOf(first, second)}</Name>’s answer
        </a>
        <a href={to.task(second.id, task.index)}>
          all of <Name>{nameOf(second, first)}</Name>’s answer
        </a>
      </header>
      {near && <Answers {...{ task, first, second }} />}
    </article>
  );
}

function Answers({ task, first, second }: SideBySideProps) {
  const one = useResource<Task>(api.task(first.id, task.index));
  const other = useResource<Task>(api.task(second.id, task.index));
  const trouble = one.problem ? one : other.problem ? other : null;
  if (trouble?.problem) return <ProblemNotice problem={trouble.problem} retry={trouble.reload} />;
  if (!one.value || !other.value) return <Loading what="both answers" />;
  const outputs = one.value.outputs;
  const others = other.value.outputs;
  return (
    <>
      {outputs.map((output, i) => (
        <Output
          key={output.index}
          within={outputs.length > 1 ? `Task ${task.name}, output ${output.index + 1}` : `Task ${task.name}`}
          kind={first.puzzleSetKind}
          output={output}
          answers={[
            [nameOf(first, second), output],
            [nameOf(second, first), others[i]],
          ]}
        />
      ))}
    </>
  );
}

interface OutputProps {
  readonly within: string;
  readonly kind: Kind;
  readonly output: TestOutput;
  readonly answers: readonly (readonly [string, TestOutput | undefined])[];
}

function Output({ within, kind, output, answers }: OutputProps) {
  const input = useMemo(() => decode(output.input), [output]);
  const expected = useMemo(() => (output.expected ? decode(output.expected) : undefined), [output]);
  return (
    <div class="grids">
      <GridFigure title="Input" within={within} kind={kind} grid={input} />
      {expected && <GridFigure title="Expected" within={within} kind={kind} grid={expected} input={input} />}
      {answers.map(([name, answer]) => (
        <Answer key={name} {...{ name, within, kind, answer, expected, input }} />
      ))}
    </div>
  );
}

interface AnswerProps extends Pick<OutputProps, 'within' | 'kind'> {
  readonly name: string;
  readonly answer: TestOutput | undefined;
  readonly expected: Cells | undefined;
  readonly input: Cells;
}

function Answer({ name, within, kind, answer, expected, input }: AnswerProps) {
  const grid = answer && shownOf(kind, answer)?.grid;
  if (!grid)
    return (
      <p class="nothing">
        <Name>{name}</Name> gave no answer.
      </p>
    );
  return (
    <div>
      <GridFigure title={name} within={within} kind={kind} grid={decode(grid)} expected={expected} input={input} />
      {expected && <Solved kind={kind} output={answer} />}
    </div>
  );
}

/** The attempt that is right, where one is: what was solved is what is to be seen. Else the first. */
function shownOf(kind: Kind, output: TestOutput) {
  const right = isSolved(kind, output) ? output.solutionRank : 1;
  return output.candidates.find(({ rank }) => rank === right) ?? output.candidates[0];
}

/** The name of the model; of two with the same name, the one asked for is told from the other by its place. */
function nameOf(evaluation: Evaluation, other: Evaluation): string {
  if (evaluation.model !== other.model) return evaluation.model;
  return `${evaluation.model} (${ranBy(evaluation)}, ${evaluation.id.slice(0, 4)})`;
}
