import { useRef } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { ListedTask, SetTaskPage } from '../api/types';
import { count, plural } from '../format/numbers';
import { Thumbnail } from '../grid/Thumbnail';
import { Crumbs } from '../shell/Crumbs';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import './browse.css';
import { Filters } from './Filters';
import { solvedWords } from './solvedWords';
import { isFiltered, type TasksView } from './tasksView';

const PER_PAGE = 60;

interface PageProps {
  readonly set: string;
  readonly view: TasksView;
}

/** The tasks of a puzzle set, whether anybody was evaluated on it or not. */
export function SetTasksPage({ set, view }: PageProps) {
  const { value, problem, reload } = useResource<SetTaskPage>(api.setTasks(set, view, PER_PAGE));
  // Until the answer to another filter is there, the tasks stand as they were: the page is not pushed about.
  const last = useRef<SetTaskPage | undefined>(undefined);
  if (value) last.current = value;
  const page = problem ? undefined : last.current;
  useTitle(problem?.notFound ? 'No such puzzle set' : `Tasks of ${set}`);
  return (
    <>
      <Crumbs
        steps={[
          { name: 'Leaderboards', href: to.overview() },
          { name: set, href: to.set(set) },
        ]}
      />
      <h1 tabIndex={-1}>
        Tasks of <Name>{set}</Name>
      </h1>
      {page && <Summary page={page} view={view} />}
      {last.current && !problem?.notFound && <Filters set={set} view={view} page={last.current} />}
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!page && !problem && <Loading what="the tasks" />}
      {page && page.tasks.length === 0 && (
        <p class="nothing">{view.after === null ? 'No task is like this.' : 'This page is after the last task.'}</p>
      )}
      {page && page.tasks.length > 0 && (
        <ul class="set-tasks">
          {page.tasks.map((task) => (
            <li key={task.index}>
              <Tile set={set} page={page} task={task} />
            </li>
          ))}
        </ul>
      )}
      {page && <Others set={set} view={view} page={page} />}
    </>
  );
}

function Summary({ page, view }: { readonly page: SetTaskPage; readonly view: TasksView }) {
  return (
    <p class="facts" role="status">
      <span>
        {plural(page.total, 'task')}
        {isFiltered(view) && ' like this'}
      </span>
      <span>{page.models === 0 ? 'no model evaluated here yet' : `${plural(page.models, 'model')} evaluated here`}</span>
      {page.solutionsHidden && <span>solutions hidden</span>}
    </p>
  );
}

interface TileProps {
  readonly set: string;
  readonly page: SetTaskPage;
  readonly task: ListedTask;
}

function Tile({ set, page, task }: TileProps) {
  const counted = page.models > 0 && !page.solutionsHidden;
  return (
    <a class="set-task" href={to.setTask(set, task.id)} data-task={task.id}>
      <span class="set-task-grid">
        <Thumbnail grid={task.thumbnail} kind={page.kind} />
      </span>
      <span class="set-task-name">
        <Name>{task.name}</Name>
      </span>
      {counted && (
        <span class={`set-task-solved ${task.solved === 0 ? 'is-unsolved' : ''}`}>
          {solvedWords(task.solved, page.models)}
          <span class="set-task-bar" aria-hidden="true">
            <span style={{ width: `${(100 * task.solved) / page.models}%` }} />
          </span>
        </span>
      )}
      <span class="sub-inline">
        {task.rows}×{task.columns}
        {task.colours !== null && `, ${plural(task.colours, 'colour')}`}
        {task.outputs > 1 && `, ${count(task.outputs)} tests`}
      </span>
    </a>
  );
}

function Others({ set, view, page }: { readonly set: string; readonly view: TasksView; readonly page: SetTaskPage }) {
  if (view.after === null && page.next === null) return null;
  return (
    <nav class="pages" aria-label="Pages of tasks">
      {view.after !== null && (
        <a class="button" href={to.setTasks(set, { ...view, after: null })}>
          <Icon name="previous" /> First page
        </a>
      )}
      {page.next !== null && (
        <a class="button" rel="next" href={to.setTasks(set, { ...view, after: page.next })}>
          Next <Icon name="next" />
        </a>
      )}
    </nav>
  );
}
