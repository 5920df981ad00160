import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, EvaluationPage } from '../api/types';
import { ranBy } from '../evaluation/run';
import { StateBadge } from '../evaluation/State';
import { Verification } from '../evaluation/Verification';
import { ScoreCell } from '../model/ScoreCell';
import { Ago } from '../shell/Ago';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { useTitle } from '../shell/title';
import { ListTools, Older } from './ListTools';
import { has, type ListView } from './listView';

const PER_PAGE = 100;

/** What was submitted here, newest first, a page at a time. */
export function EvaluationsPage({ view }: { readonly view: ListView }) {
  const { value, problem, reload } = useResource<EvaluationPage>(api.evaluations(PER_PAGE, view.after));
  useTitle('Evaluations');
  const all = value?.evaluations ?? [];
  const shown = all.filter((e) => has(view.filter, e.model, e.puzzleSet, e.fileName, e.state, e.id, e.checkpoint, ranBy(e)));
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <h1 tabIndex={-1}>Evaluations</h1>
      <p class="lead">What was submitted here, of every model and puzzle set, the newest first.</p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && !problem && <Loading what="the evaluations" />}
      {value && (
        <section class="card" aria-label="Evaluations">
          <ListTools
            {...{ filter: view.filter, shown: shown.length, all: all.length, one: 'evaluation' }}
            placeholder="model, set, file, state …"
            onFilter={(filter) => navigate(to.evaluations({ ...view, filter }), true)}
          />
          {shown.length > 0 ? <Table evaluations={shown} /> : <p class="nothing">{nothing(all.length)}</p>}
          <Older
            newest={view.after === null ? null : to.evaluations({ ...view, after: null })}
            older={value.next === null ? null : to.evaluations({ ...view, after: value.next })}
          />
        </section>
      )}
    </>
  );
}

function nothing(all: number): string {
  return all === 0 ? 'Nothing was submitted yet.' : 'No evaluation on this page of the list has all of these words.';
}

function Table({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  return (
    <ScrollRoom label="Table of evaluations">
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Puzzle set</th>
            <th scope="col" class="num">
              Score
            </th>
            <th scope="col">State</th>
            <th scope="col" class="num">
              Submitted
            </th>
          </tr>
        </thead>
        <tbody>
          {evaluations.map((evaluation) => (
            <tr key={evaluation.id} data-evaluation={evaluation.id} data-state={evaluation.state}>
              <th scope="row" class="model">
                <a href={to.evaluation(evaluation.id)}>
                  <Name>{evaluation.model}</Name>
                  <span class="sr">
                    {' '}
                    on <Name>{evaluation.puzzleSet}</Name>
                  </span>
                </a>
                <span class="sub">
                  <Name>{evaluation.fileName}</Name>
                </span>
              </th>
              <td class="model">
                <a class="plain" href={to.boardOf(evaluation)}>
                  <Name>{evaluation.puzzleSet}</Name>
                </a>
                <span class="sub">{ranBy(evaluation)}</span>
              </td>
              <ScoreCell
                metric={evaluation.mainMetric}
                score={evaluation.scores[evaluation.mainMetric] ?? null}
                interval={evaluation.intervals[evaluation.mainMetric] ?? null}
              />
              <td>
                <StateBadge state={evaluation.state} /> <Verification of={evaluation.verification} />
              </td>
              <td class="num when">
                <Ago time={evaluation.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}
