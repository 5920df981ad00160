import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { postJson, useResource } from '../api/resource';
import type { Agreement, Attempts as AttemptsAnswer, Evaluation, EvaluationRequest } from '../api/types';
import { count, percent, points } from '../format/numbers';
import { Ago } from '../shell/Ago';
import { Icon } from '../shell/Icon';
import { navigate } from '../shell/navigation';
import { ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { StateBadge } from './State';
import { Verification } from './Verification';

/** The runs of the same checkpoint on the same set by the same protocol, and whether they agree example by example. */
export function Attempts({ evaluation }: { readonly evaluation: Evaluation }) {
  return <AttemptsOf key={evaluation.since} evaluation={evaluation} />;
}

function AttemptsOf({ evaluation }: { readonly evaluation: Evaluation }) {
  const { value, problem, reload } = useResource<AttemptsAnswer>(api.attempts(evaluation.id));
  return (
    <section class="card attempts" aria-labelledby="attempts">
      <header class="card-head">
        <h2 id="attempts">Attempts</h2>
        <Verification of={evaluation.verification} />
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value && value.evaluations.length > 1 && (
        <ul class="attempt-list">
          {value.evaluations.map((attempt) => (
            <li key={attempt.id} data-evaluation={attempt.id}>
              {attempt.id === evaluation.id ? (
                <strong>Attempt {attempt.attempt}, this one</strong>
              ) : (
                <a href={to.evaluation(attempt.id)}>Attempt {attempt.attempt}</a>
              )}
              <StateBadge state={attempt.state} />
              <span class="num">{percent(attempt.scores[attempt.mainMetric] ?? NaN)}</span>
              <Ago time={attempt.finishedAt ?? attempt.createdAt} />
            </li>
          ))}
        </ul>
      )}
      {value?.agreements.map((agreement) => (
        <AgreementLine key={agreement.evaluation + agreement.against} agreement={agreement} attempts={value.evaluations} />
      ))}
      <RunAgain evaluation={evaluation} />
    </section>
  );
}

function AgreementLine({ agreement, attempts }: { readonly agreement: Agreement; readonly attempts: readonly Evaluation[] }) {
  const number = (id: string) => attempts.find((attempt) => attempt.id === id)?.attempt ?? '?';
  const who = `Attempts ${number(agreement.against)} and ${number(agreement.evaluation)}`;
  if (agreement.differing === 0) {
    return (
      <p class="sub-inline">
        {who}: all {count(agreement.examples)} answers agree ({devices(agreement)}).
      </p>
    );
  }
  return (
    <p class="sub-inline">
      {who}: {count(agreement.differing)} of {count(agreement.examples)} answers differ ({percent(agreement.differing / agreement.examples)}
      ){agreement.scoreDifference !== null && `, the score by ${points(agreement.scoreDifference)}`} ({devices(agreement)}).
    </p>
  );
}

function devices(agreement: Agreement): string {
  const first = agreement.againstDevices.join(', ');
  const second = agreement.devices.join(', ');
  return first === second ? `both on ${first}` : `on ${first}, and on ${second}`;
}

function RunAgain({ evaluation }: { readonly evaluation: Evaluation }) {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { steps, dtype, augmentations, earlyHalting, blankIdentifier } = evaluation.protocol;
  const run = async () => {
    setSending(true);
    setProblem(null);
    try {
      const protocol = { steps, dtype, augmentations, earlyHalting, blankIdentifier };
      const request = { evaluation: evaluation.id, protocol, again: true } satisfies EvaluationRequest;
      navigate(to.evaluation((await postJson<Evaluation>(api.startEvaluation(), request)).id));
    } catch (error) {
      setProblem(problemOf(error));
      setSending(false);
    }
  };
  return (
    <>
      <p>
        <button
          type="button"
          class="button"
          disabled={sending}
          title="Another attempt, compared with this one example by example"
          onClick={() => void run()}
        >
          <Icon name="again" /> Run again to verify
        </button>
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
