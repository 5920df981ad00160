import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { getJson, useResource } from '../api/resource';
import type { ComparedTask, ComparedTasks, Comparison, Evaluation } from '../api/types';
import { count, plural } from '../format/numbers';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { ScrollRoom } from '../shell/Scrolling';
import { digits, letter, namesOf, solvers } from './names';
import { SideBySide } from './SideBySide';

interface MatrixProps {
  readonly comparison: Comparison;
  readonly ids: readonly string[];
  /** Only what exactly these solve; null for all tasks. */
  readonly only: readonly boolean[] | null;
  readonly onAll: () => void;
}

/** Tasks by evaluations, those that divide them most first; a row unfolds what each answered. */
export function TaskMatrix({ comparison, ids, only, onAll }: MatrixProps) {
  const { evaluations, patterns, taskCount } = comparison;
  const filtered = useResource<ComparedTasks>(only ? api.comparedTasks(ids, digits(only), -1) : null);
  const first = only ? filtered.value : comparison.tasks;
  const all = only ? (patterns.find(({ solved }) => digits(solved) === digits(only))?.tasks ?? 0) : taskCount;
  return (
    <section class="card compared-tasks" aria-labelledby="compared-tasks">
      <header class="card-head">
        <h2 id="compared-tasks">{only ? `Solved by ${solvers(only)}` : 'Tasks, the most divided first'}</h2>
        <p class="facts">
          <span>{plural(all, 'task')}</span>
          {only && (
            <button type="button" onClick={onAll}>
              Show all tasks
            </button>
          )}
        </p>
      </header>
      {filtered.problem && <ProblemNotice problem={filtered.problem} retry={filtered.reload} />}
      {first ? <Rows {...{ first, evaluations, all, ids, only }} /> : !filtered.problem && <Loading what="the tasks" />}
    </section>
  );
}

interface RowsProps extends Pick<MatrixProps, 'ids' | 'only'> {
  readonly first: ComparedTasks;
  readonly evaluations: readonly Evaluation[];
  readonly all: number;
}

function Rows({ first, evaluations, all, ids, only }: RowsProps) {
  const [more, setMore] = useState<readonly ComparedTasks[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(false);
  const pages = [first, ...more];
  const tasks = pages.flatMap((page) => page.tasks);
  const next = pages.at(-1)?.next ?? null;
  const read = async () => {
    if (next === null || asking) return;
    setAsking(true);
    try {
      const page = await getJson<ComparedTasks>(api.comparedTasks(ids, only && digits(only), next));
      setMore((before) => [...before, page]);
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setAsking(false);
  };
  return (
    <>
      <ScrollRoom label="Tasks by who solved them, one by one">
        <table class="board task-matrix">
          <thead>
            <tr>
              <th scope="col">Task</th>
              {namesOf(evaluations).map((name, place) => (
                <th key={name} scope="col" class="dot">
                  <b class={`series series-${place}`}>{letter(place)}</b>
                  <span class="sr">
                    , <Name>{name}</Name>
                  </span>
                </th>
              ))}
              <td class="fill" />
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <Row key={task.index} {...{ task, evaluations }} />
            ))}
          </tbody>
        </table>
      </ScrollRoom>
      {problem && <ProblemNotice problem={problem} retry={read} />}
      {next !== null && (
        <p class="in-card">
          <button type="button" aria-disabled={asking} onClick={read}>
            Show more of {count(all)}
          </button>
        </p>
      )}
    </>
  );
}

function Row({ task, evaluations }: { readonly task: ComparedTask; readonly evaluations: readonly Evaluation[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr data-task={task.index}>
        <th scope="row">
          <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Icon name={open ? 'up' : 'down'} />
            <code>
              <Name>{task.name}</Name>
            </code>
          </button>
        </th>
        {task.solved.map((solved, place) => (
          <td key={letter(place)} class={`dot ${solved ? 'is-right' : 'is-wrong'}`}>
            <Icon name={solved ? 'right' : 'wrong'} />
            <span class="sr">{solved ? 'right' : 'wrong'}</span>
          </td>
        ))}
        <td class="fill" />
      </tr>
      {open && (
        <tr class="unfolded">
          <td colSpan={task.solved.length + 2}>
            <SideBySide {...{ task, evaluations }} />
          </td>
        </tr>
      )}
    </>
  );
}
