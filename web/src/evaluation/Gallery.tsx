import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, TaskFilter, TaskPage, TaskSummary } from '../api/types';
import { count } from '../format/numbers';
import { Thumbnail } from '../grid/Thumbnail';
import { Icon } from '../shell/Icon';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { matching, PER_PAGE, pageCount, pageLinks, verdict, verdictWords } from './verdict';

interface GalleryProps {
  readonly evaluation: Evaluation;
  readonly only: TaskFilter;
  readonly pageNumber: number;
}

/** The tasks of a finished evaluation as small pictures of what the model answered. */
export function Gallery({ evaluation, only, pageNumber }: GalleryProps) {
  const offset = (pageNumber - 1) * PER_PAGE;
  const { value: page, problem, reload } = useResource<TaskPage>(api.tasks(evaluation.id, only, offset, PER_PAGE));
  return (
    <section class="gallery" aria-labelledby="tasks">
      <div class="gallery-head">
        <h2 id="tasks">Tasks</h2>
        {page && !page.solutionsHidden && <Filter id={evaluation.id} only={only} page={page} />}
      </div>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!page && !problem && <Loading what="the tasks" />}
      {page && page.tasks.length === 0 && <p class="nothing">{nothing(page, only)}</p>}
      {page && page.tasks.length > 0 && (
        <ul class="tiles" aria-label="Tasks">
          {page.tasks.map((task, i) => (
            <li key={task.index}>
              <Tile evaluation={evaluation} task={task} hidden={page.solutionsHidden === true} href={to.task(evaluation.id, task.index, only, offset + i)} />
            </li>
          ))}
        </ul>
      )}
      {page && <Pages id={evaluation.id} only={only} current={pageNumber} pages={pageCount(matching(page, only))} />}
    </section>
  );
}

function nothing(page: TaskPage, only: TaskFilter): string {
  if (matching(page, only) > 0) return 'This page lies beyond the last task.';
  if (only === 'right') return 'No task was solved.';
  return only === 'wrong' ? 'Every task was solved.' : 'This puzzle set has no tasks.';
}

function Filter({ id, only, page }: { readonly id: string; readonly only: TaskFilter; readonly page: TaskPage }) {
  return (
    <nav class="tabs tabs-small" aria-label="Filter tasks">
      <ul>
        {(['all', 'right', 'wrong'] as const).map((filter) => (
          <li key={filter}>
            <a href={to.evaluation(id, filter)} aria-current={only === filter ? 'true' : undefined}>
              {filter !== 'all' && <Icon name={filter} />}
              {filter} <span class="num">{count(matching(page, filter))}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface TileProps {
  readonly evaluation: Evaluation;
  readonly task: TaskSummary;
  readonly hidden: boolean;
  readonly href: string;
}

function Tile({ evaluation, task, hidden, href }: TileProps) {
  const result = verdict(task);
  const words = hidden ? 'solution hidden' : verdictWords(task);
  const name = task.name || `task ${task.index}`;
  return (
    <a class={hidden ? 'tile-link' : `tile-link tile-${result}`} href={href} aria-label={`Task ${name}: ${words}`} data-task={task.index}>
      <Thumbnail grid={task.thumbnail} kind={evaluation.puzzleSetKind} />
      <span class="tile-name">{name}</span>
      {hidden ? (
        <span class="verdict">{words}</span>
      ) : (
        <span class={`verdict verdict-${result}`}>
          <Icon name={result} /> {words}
        </span>
      )}
    </a>
  );
}

interface PagesProps {
  readonly id: string;
  readonly only: TaskFilter;
  readonly current: number;
  readonly pages: number;
}

function Pages({ id, only, current, pages }: PagesProps) {
  if (pages <= 1 && current === 1) return null;
  return (
    <nav class="pages" aria-label="Pages of tasks">
      {current > 1 && (
        <a class="button" rel="prev" href={to.evaluation(id, only, Math.min(current - 1, pages))}>
          <Icon name="previous" /> Previous
        </a>
      )}
      <ol>
        {pageLinks(current, pages).map((n, i) =>
          n === null ? (
            <li key={`gap${i}`} aria-hidden="true">
              …
            </li>
          ) : (
            <li key={n}>
              <a href={to.evaluation(id, only, n)} aria-label={`Page ${n}`} aria-current={n === current ? 'page' : undefined}>
                {n}
              </a>
            </li>
          ),
        )}
      </ol>
      {current < pages && (
        <a class="button" rel="next" href={to.evaluation(id, only, current + 1)}>
          Next <Icon name="next" />
        </a>
      )}
    </nav>
  );
}
