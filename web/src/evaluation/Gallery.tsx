import { useRef } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, TaskFilter, TaskPage } from '../api/types';
import { count } from '../format/numbers';
import { PaletteSwitch } from '../grid/PaletteSwitch';
import { Icon } from '../shell/Icon';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { FilmWall, type WallFilm } from './FilmWall';
import { Pages } from './Pages';
import { filterName, matching, PER_PAGE, pageCount, VERDICT_ICONS } from './verdict';
import type { Stop } from './wallFilm';
import { mostCandidates, sortName, sortsOf, type TaskSort, type WallView } from './wallView';

interface GalleryProps {
  readonly evaluation: Evaluation;
  readonly view: WallView;
  readonly pageNumber: number;
  readonly film: WallFilm;
}

interface Shown {
  readonly page: TaskPage;
  readonly address: string;
  readonly view: WallView;
  readonly offset: number;
}

/** All tasks of a finished evaluation on a wall: what the model answered, and what became of it. */
export function Gallery({ evaluation, view, pageNumber, film }: GalleryProps) {
  const offset = (pageNumber - 1) * PER_PAGE;
  const address = api.tasks(evaluation.id, view, offset, PER_PAGE);
  const { value, problem, reload } = useResource<TaskPage>(address);
  // Until the answer to another filter is there, the wall stands as it was: it does not vanish and push the page about.
  const last = useRef<Shown | null>(null);
  if (value) last.current = { page: value, address, view, offset };
  const shown = problem ? null : last.current;
  const { stop } = film;
  return (
    <section class="gallery" aria-labelledby="tasks">
      <div class="gallery-head">
        <h2 id="tasks" tabIndex={-1}>
          Tasks
        </h2>
        {shown && <Filter evaluation={evaluation} view={view} page={shown.page} stop={stop} />}
        {evaluation.puzzleSetKind === 'arc' && <PaletteSwitch />}
        {shown && <Sort evaluation={evaluation} view={view} stop={stop} hidden={shown.page.solutionsHidden} />}
      </div>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!shown && !problem && <Loading what="the tasks" />}
      {shown && shown.page.tasks.length === 0 && <p class="nothing">{nothing(shown.page, shown.view.only)}</p>}
      {shown && shown.page.tasks.length > 1 && <p class="sub-inline for-keys">Arrow keys, Home and End walk from tile to tile.</p>}
      {shown && shown.page.tasks.length > 0 && <FilmWall evaluation={evaluation} {...shown} {...film} />}
      <p>
        <a href={to.setTasks(evaluation.puzzleSet)}>The tasks of this set, and how many models solved each</a>
      </p>
      {shown && (
        <Pages id={evaluation.id} view={view} current={pageNumber} pages={pageCount(matching(shown.page, view.only))} step={stop} />
      )}
    </section>
  );
}

function nothing(page: TaskPage, only: TaskFilter): string {
  if (matching(page, only) > 0) return 'This page is after the last task.';
  return only === 'all' ? 'This puzzle set has no tasks.' : 'No task matches the filter.';
}

interface ChoiceProps {
  readonly evaluation: Evaluation;
  readonly view: WallView;
  readonly stop: Stop;
}

function Filter({ evaluation, view, page, stop }: ChoiceProps & { readonly page: TaskPage }) {
  if (page.solutionsHidden) return null;
  const most = mostCandidates(evaluation);
  const verdicts: readonly TaskFilter[] = ['all', ...page.verdicts.map(({ verdict }) => verdict)];
  // "Right" and "wrong" of an ARC set, within two attempts: addresses may ask for them.
  const filters = verdicts.includes(view.only) ? verdicts : [...verdicts, view.only];
  return (
    <nav class="tabs tabs-small" aria-label="Filter tasks">
      <ul>
        {filters.map((filter) => (
          <li key={filter}>
            <a
              href={to.evaluation(evaluation.id, { ...view, only: filter }, 1, stop)}
              aria-current={view.only === filter ? 'true' : undefined}
              data-filter={filter}
            >
              {filter !== 'all' && <Icon name={VERDICT_ICONS[filter]} />}
              {filterName(filter, most)} <span class="num">{count(matching(page, filter))}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Sort({ evaluation, view, stop, hidden }: ChoiceProps & { readonly hidden: boolean }) {
  const sort = (by: TaskSort) => navigate(to.evaluation(evaluation.id, { ...view, sort: by }, 1, stop));
  return (
    <label class="wall-sort">
      <span>Sort</span>
      <select value={view.sort} onChange={(event) => sort(event.currentTarget.value as TaskSort)}>
        {sortsOf(evaluation.puzzleSetKind, hidden).map((by) => (
          <option key={by} value={by}>
            {sortName(by)}
          </option>
        ))}
      </select>
    </label>
  );
}
