import { useMemo, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { AnsweredOutput, ModelAnswer, SetTask, SetTaskAnswers } from '../api/types';
import { percent, plural } from '../format/numbers';
import { type Cells, decode } from '../grid/cells';
import { GridFigure } from '../grid/GridFigure';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { StepReplay } from '../task/StepReplay';

const AT_ONCE = 12;

interface AnswersProps {
  readonly set: string;
  readonly task: SetTask;
}

/** What each model answered, the best model first, some more each time they are asked for. */
export function Answers({ set, task }: AnswersProps) {
  const [pages, setPages] = useState<readonly number[]>([0]);
  return (
    <section class="answers-room" aria-labelledby="answers">
      <h2 id="answers">Answers</h2>
      {task.models === 0 ? (
        <p class="nothing">No model was evaluated on this set yet.</p>
      ) : (
        <ol class="answers">
          {pages.map((after, i) => (
            <Some
              key={after}
              {...{ set, task, after }}
              onMore={i === pages.length - 1 ? (next) => setPages([...pages, next]) : undefined}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

interface SomeProps extends AnswersProps {
  readonly after: number;
  readonly onMore: ((next: number) => void) | undefined;
}

function Some({ set, task, after, onMore }: SomeProps) {
  const { value, problem, reload } = useResource<SetTaskAnswers>(api.setTaskAnswers(set, task.id, after, AT_ONCE));
  const next = value?.next ?? null;
  return (
    <>
      {problem && (
        <li>
          <ProblemNotice problem={problem} retry={reload} />
        </li>
      )}
      {!value && !problem && (
        <li>
          <Loading what="the answers" />
        </li>
      )}
      {value?.answers.map((answer) => (
        <li key={answer.evaluation} class="card answer" data-model={answer.model}>
          <One {...{ task, answer }} />
        </li>
      ))}
      {next !== null && onMore && (
        <li class="answers-more">
          <button type="button" onClick={() => onMore(next)}>
            Show more models
          </button>
        </li>
      )}
    </>
  );
}

interface OneProps {
  readonly task: SetTask;
  readonly answer: ModelAnswer;
}

function One({ task, answer }: OneProps) {
  return (
    <>
      <header class="card-head">
        <h3>
          <a href={to.task(answer.evaluation, task.index)}>
            <Name>{answer.model}</Name>
          </a>
        </h3>
        {answer.solved !== null && (
          <span class={`verdict verdict-${answer.solved ? 'right' : 'wrong'}`}>
            <Icon name={answer.solved ? 'right' : 'wrong'} /> {answer.solved ? 'right' : 'wrong'}
          </span>
        )}
      </header>
      {answer.outputs.length === 0 && <p class="nothing">It gave no answer.</p>}
      {answer.outputs.map((output) => (
        <Output key={output.index} {...{ task, answer, output }} />
      ))}
    </>
  );
}

function Output({ task, answer, output }: OneProps & { readonly output: AnsweredOutput }) {
  const asked = task.outputs[output.index];
  const input = useMemo(() => (asked ? decode(asked.input) : null), [asked]);
  const expected = useMemo(() => (asked?.expected ? decode(asked.expected) : undefined), [asked]);
  if (!input) return null;
  const within = `${answer.model}${task.outputs.length > 1 ? `, test output ${output.index + 1}` : ''}`;
  return (
    <div class="answer-output">
      {task.outputs.length > 1 && <h4>Test output {output.index + 1}</h4>}
      <div class="answer-grids">
        {output.attempts.length === 0 && <p class="nothing">It gave no answer.</p>}
        {output.attempts.map((attempt) => (
          <Attempt key={attempt.rank} {...{ task, answer, output, attempt, input, expected, within }} />
        ))}
      </div>
      {answer.ran && <Film {...{ task, answer, output, input, expected, within }} />}
    </div>
  );
}

interface GridsProps extends OneProps {
  readonly output: AnsweredOutput;
  readonly input: Cells;
  readonly expected: Cells | undefined;
  readonly within: string;
}

function Attempt({
  task,
  answer,
  output,
  attempt,
  input,
  expected,
  within,
}: GridsProps & { readonly attempt: AnsweredOutput['attempts'][number] }) {
  const grid = useMemo(() => decode(attempt.grid), [attempt]);
  const title = task.kind === 'arc' ? `Attempt ${attempt.rank}` : 'Answer';
  return (
    <div>
      <GridFigure {...{ title, within, grid, expected, input }} kind={task.kind} />
      {answer.ran && (
        <p class="sub-inline">
          {task.kind === 'arc' && `${plural(attempt.votes, 'vote')}, `}halt {percent(attempt.meanHalt)}
          {output.solutionRank !== null && output.solutionRank === attempt.rank && <span class="sr">, the solution</span>}
        </p>
      )}
    </div>
  );
}

/** The step replay is read when somebody wants it: most who compare answers do not. */
function Film({ task, answer, output, input, expected, within }: GridsProps) {
  const [open, setOpen] = useState(false);
  const [step, setStep] = useState<number | null>(null);
  return (
    <details class="film" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Step replay<span class="sr"> of {within}</span>
      </summary>
      {open && (
        <StepReplay
          evaluation={answer.evaluation}
          task={task.index}
          output={output.index}
          kind={task.kind}
          {...{ within, input, expected, step }}
          onStep={setStep}
        />
      )}
    </details>
  );
}
