import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { EvaluationPage } from '../api/types';
import { ranBy } from '../evaluation/run';
import { Crumbs } from '../shell/Crumbs';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { EvaluationsTable } from './EvaluationsTable';
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
          {shown.length > 0 ? <EvaluationsTable evaluations={shown} /> : <p class="nothing">{nothing(all.length)}</p>}
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
