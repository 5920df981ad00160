import { useMemo, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { SetTask, UnansweredOutput } from '../api/types';
import { count, plural } from '../format/numbers';
import { kindName } from '../format/words';
import { decode } from '../grid/cells';
import { roomFor } from '../grid/drawing';
import { GridFigure } from '../grid/GridFigure';
import { Crumbs } from '../shell/Crumbs';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { Demonstrations } from '../task/Demonstrations';
import { Answers } from './Answers';
import './browse.css';
import { rulesOf } from './paint';
import { solvedWords } from './solvedWords';
import { TryIt } from './TryIt';

interface PageProps {
  readonly set: string;
  readonly id: string;
}

/** One task of a set: what it shows, a try of one's own, and only then the solution and what models answered. */
export function SetTaskPage({ set, id }: PageProps) {
  const { value: task, problem, reload } = useResource<SetTask>(api.setTask(set, id));
  const name = task?.name ?? id;
  useTitle(problem?.notFound ? 'No such task' : `${name} · ${set}`);
  return (
    <>
      <Crumbs
        steps={[
          { name: 'Leaderboards', href: to.overview() },
          { name: set, href: to.set(set) },
          { name: 'Tasks', href: to.setTasks(set) },
        ]}
      />
      <div class="task-head">
        <h1 tabIndex={-1}>
          <Name>{name}</Name>
        </h1>
        {task && <Walk set={set} task={task} />}
      </div>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!task && !problem && <Loading what="the task" />}
      {task && <Contents key={task.id} set={set} task={task} />}
    </>
  );
}

function Walk({ set, task }: { readonly set: string; readonly task: SetTask }) {
  const { previousTask: previous, nextTask: next } = task;
  return (
    <nav class="walk" aria-label="Tasks">
      {previous !== null && (
        <a class="button" rel="prev" href={to.setTask(set, previous)}>
          <Icon name="previous" /> Previous
        </a>
      )}
      <span class="walk-place">task {count(task.index + 1)}</span>
      {next !== null && (
        <a class="button" rel="next" href={to.setTask(set, next)}>
          Next <Icon name="next" />
        </a>
      )}
    </nav>
  );
}

function Contents({ set, task }: { readonly set: string; readonly task: SetTask }) {
  const [revealed, setRevealed] = useState(false);
  return (
    <>
      <p class="facts">
        <span class="tag">{kindName(task.kind)}</span>
        {!task.solutionsHidden && <span>{solvedWords(task.solved, task.models)}</span>}
        {task.demonstrations.length > 0 && <span>{plural(task.demonstrations.length, 'demonstration')}</span>}
        {task.outputs.length > 1 && <span>{plural(task.outputs.length, 'test output')}</span>}
      </p>
      {task.demonstrations.length > 0 && <Demonstrations kind={task.kind} demonstrations={task.demonstrations} />}
      {task.outputs.map((output) => (
        <Test key={output.index} {...{ task, output, revealed }} />
      ))}
      {revealed ? (
        <Answers set={set} task={task} />
      ) : (
        <p class="reveal">
          <button type="button" onClick={() => setRevealed(true)}>
            {task.solutionsHidden ? 'Show what models answered' : 'Show the solution and what models answered'}
          </button>
        </p>
      )}
    </>
  );
}

interface TestProps {
  readonly task: SetTask;
  readonly output: UnansweredOutput;
  readonly revealed: boolean;
}

function Test({ task, output, revealed }: TestProps) {
  const input = useMemo(() => decode(output.input), [output]);
  const expected = useMemo(() => (output.expected ? decode(output.expected) : undefined), [output]);
  const room = roomFor(input, expected);
  const rules = useMemo(() => rulesOf(task.kind, input), [task, input]);
  const title = task.outputs.length > 1 ? `Test ${output.index + 1}` : 'Test';
  const tried = task.outputs.length > 1 ? `Try it yourself: test ${output.index + 1}` : 'Try it yourself';
  return (
    <section class="output card" aria-label={title} data-output={output.index}>
      <header class="card-head">
        <h2>{title}</h2>
      </header>
      <div class="grids grids-try">
        <GridFigure title="Input" within={title} kind={task.kind} grid={input} room={revealed ? room : undefined} />
        {rules && <TryIt title={tried} kind={task.kind} ignored={output.ignoredCell} {...{ input, rules, expected }} />}
        {revealed && expected && <GridFigure title="Solution" within={title} kind={task.kind} grid={expected} input={input} room={room} />}
      </div>
    </section>
  );
}
