import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { PuzzleSet } from '../api/types';
import { count } from '../format/numbers';
import { kindName, metricName } from '../format/words';
import { Ago } from '../shell/Ago';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { useTitle } from '../shell/title';
import { ListTools } from './ListTools';
import { has, type ListView } from './listView';

/** All puzzle sets, in the order in which the platform names them. */
export function SetsPage({ view }: { readonly view: ListView }) {
  const { value: sets, problem, reload } = useResource<readonly PuzzleSet[]>(api.puzzleSets());
  useTitle('Puzzle sets');
  const shown = sets?.filter((set) => has(view.filter, set.name, set.kind, kindName(set.kind))) ?? [];
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <h1 tabIndex={-1}>Puzzle sets</h1>
      <p class="lead">
        What models are scored on. <a href={to.newSet()}>Add a puzzle set</a>
      </p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!sets && !problem && <Loading what="the puzzle sets" />}
      {sets && (
        <section class="card" aria-label="Puzzle sets">
          <ListTools
            {...{ filter: view.filter, shown: shown.length, all: sets.length, one: 'puzzle set' }}
            placeholder="name, kind …"
            onFilter={(filter) => navigate(to.sets({ ...view, filter }), true)}
          />
          {shown.length > 0 ? (
            <Table sets={shown} />
          ) : (
            <p class="nothing">{sets.length === 0 ? 'There is no puzzle set yet.' : 'No puzzle set has all of these words.'}</p>
          )}
        </section>
      )}
    </>
  );
}

function Table({ sets }: { readonly sets: readonly PuzzleSet[] }) {
  return (
    <ScrollRoom label="Table of puzzle sets">
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Puzzle set</th>
            <th scope="col">Kind</th>
            <th scope="col" class="num">
              Tasks
            </th>
            <th scope="col" class="num">
              Evaluations
            </th>
            <th scope="col">Ranked by</th>
            <th scope="col" class="num">
              Imported
            </th>
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => (
            <tr key={set.name} data-puzzle-set={set.name}>
              <th scope="row" class="model">
                <a href={to.set(set.name)}>
                  <Name>{set.name}</Name>
                </a>
              </th>
              <td>{kindName(set.kind)}</td>
              <td class="num">
                <a href={to.setTasks(set.name)}>
                  {count(set.taskCount)}
                  <span class="sr">
                    {' '}
                    tasks of <Name>{set.name}</Name>
                  </span>
                </a>
              </td>
              <td class="num">{count(set.evaluations)}</td>
              <td>{metricName(set.mainMetric, set.kind)}</td>
              <td class="num when">
                <Ago time={set.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}
