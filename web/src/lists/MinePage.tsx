import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import { forgetSubmissions, submissions } from '../api/submissions';
import type { EvaluationPage } from '../api/types';
import { plural } from '../format/numbers';
import { Crumbs } from '../shell/Crumbs';
import { Loading, Notice, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { EvaluationsTable } from './EvaluationsTable';

/** What was submitted from this browser, which alone remembers it. */
export function MinePage() {
  useTitle('My submissions');
  const [ids, setIds] = useState(submissions);
  const { value, problem, reload } = useResource<EvaluationPage>(ids.length === 0 ? null : api.evaluationsNamed(ids));
  const found = value?.evaluations ?? [];
  const gone = value ? ids.filter((id) => !found.some((evaluation) => evaluation.id === id)) : [];
  // What is gone is said once.
  useEffect(() => {
    if (gone.length > 0) forgetSubmissions(gone);
  }, [gone]);
  const forgetAll = () => {
    forgetSubmissions(ids);
    setIds([]);
  };
  return (
    <>
      <Crumbs steps={[{ name: 'Evaluations', href: to.evaluations() }]} />
      <h1 tabIndex={-1}>My submissions</h1>
      <p class="lead">What was submitted from this browser, the newest first. Nobody but this browser remembers that it was you.</p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {ids.length > 0 && !value && !problem && <Loading what="the evaluations" />}
      {gone.length > 0 && <p role="status">{plural(gone.length, 'evaluation')} that you submitted was removed since.</p>}
      {found.length > 0 && (
        <section class="card" aria-label="My submissions">
          <EvaluationsTable evaluations={found} />
          <p>
            <button type="button" class="quiet" title="The evaluations stay; this browser no longer lists them" onClick={forgetAll}>
              Forget these on this browser
            </button>
          </p>
        </section>
      )}
      {(ids.length === 0 || value) && found.length === 0 && <Nothing />}
    </>
  );
}

function Nothing() {
  return (
    <Notice tone="empty" title="Nothing that was submitted from this browser is here">
      <p>
        <a href={to.submit()}>Submit a checkpoint</a>, or look at <a href={to.evaluations()}>all evaluations</a>.
      </p>
    </Notice>
  );
}
