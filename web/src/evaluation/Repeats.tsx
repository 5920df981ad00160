import { api } from '../api/paths';
import { useResource } from '../api/resource';
import { startEvaluation } from '../api/submissions';
import type { Agreement, Evaluation, EvaluationRequest, Repeats as RepeatsAnswer, Run } from '../api/types';
import { useAction } from '../api/useAction';
import { count, percent, points } from '../format/numbers';
import { Explained } from '../reading/Explain';
import { Ago } from '../shell/Ago';
import { Icon } from '../shell/Icon';
import { ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { StateBadge } from './State';
import { Verification } from './Verification';

/** The runs of the same checkpoint on the same set by the same protocol, and whether they agree example by example. */
export function Repeats({ evaluation }: { readonly evaluation: Run }) {
  return <RepeatsOf key={evaluation.since} evaluation={evaluation} />;
}

function RepeatsOf({ evaluation }: { readonly evaluation: Run }) {
  const { value, problem, reload } = useResource<RepeatsAnswer>(api.repeats(evaluation.id));
  return (
    <section class="card repeats" aria-labelledby="repeats">
      <header class="card-head">
        <Explained term="verification">
          <h2 id="repeats">Repeats</h2>
        </Explained>
        <Verification of={evaluation.verification} />
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value && value.evaluations.length > 1 && (
        <ul class="repeat-list">
          {value.evaluations.map((repeat) => (
            <li key={repeat.id} data-evaluation={repeat.id}>
              <RepeatName repeat={repeat} here={repeat.id === evaluation.id} />
              <StateBadge state={repeat.state} />
              <span class="num">{percent(repeat.scores[repeat.mainMetric] ?? NaN)}</span>
              <Ago time={repeat.finishedAt ?? repeat.createdAt} />
            </li>
          ))}
        </ul>
      )}
      {value?.agreements.map((agreement) => (
        <AgreementLine key={agreement.evaluation + agreement.against} agreement={agreement} repeats={value.evaluations} />
      ))}
      {evaluation.state === 'finished' && <RunAgain evaluation={evaluation} />}
    </section>
  );
}

function RepeatName({ repeat, here }: { readonly repeat: Evaluation; readonly here: boolean }) {
  const name = `Repeat ${repeat.repeat}`;
  return here ? <strong>{name}, this one</strong> : <a href={to.evaluation(repeat.id)}>{name}</a>;
}

function AgreementLine({ agreement, repeats }: { readonly agreement: Agreement; readonly repeats: readonly Evaluation[] }) {
  const number = (id: string) => repeats.find((repeat) => repeat.id === id)?.repeat ?? '?';
  const who = `Repeats ${number(agreement.against)} and ${number(agreement.evaluation)}`;
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
      ){agreement.scoreDifference !== null && `, the score by ${points(agreement.scoreDifference)}`} ({devices(agreement)}).{' '}
      {why(agreement)}
    </p>
  );
}

/** What was not the same: weights, settings, dtype and puzzles are, or these would be no repeats of each other. */
function why(agreement: Agreement): string {
  const reasons = [
    agreement.devices.join() !== agreement.againstDevices.join() && 'the devices',
    kernelsDiffer(agreement) && `the kernels (${agreement.againstKernels.join(', ')}, and ${agreement.kernels.join(', ')})`,
    agreement.unitExamples !== agreement.againstUnitExamples &&
      `the units (at most ${agreement.againstUnitExamples}, and ${agreement.unitExamples} examples)`,
  ].filter((reason): reason is string => typeof reason === 'string');
  return reasons.length > 0
    ? `What differs is ${reasons.join(' and ')}: sums are rounded in another order.`
    : `Devices${kernelsKnown(agreement) ? ', kernels' : ''} and units are the same: look whether one of the devices is at fault.`;
}

/** Solvers of before did not tell theirs. */
function kernelsKnown({ kernels, againstKernels }: Agreement): boolean {
  return kernels.length > 0 && againstKernels.length > 0;
}

function kernelsDiffer(agreement: Agreement): boolean {
  return kernelsKnown(agreement) && agreement.kernels.join() !== agreement.againstKernels.join();
}

function devices(agreement: Agreement): string {
  const first = agreement.againstDevices.join(', ');
  const second = agreement.devices.join(', ');
  return first === second ? `both on ${first}` : `on ${first}, and on ${second}`;
}

function RunAgain({ evaluation }: { readonly evaluation: Run }) {
  const { steps, dtype, augmentations, earlyHalting, blankIdentifier, adaptation } = evaluation.protocol;
  const { run, pending, problem } = useAction(async () => {
    const protocol = { steps, dtype, augmentations, earlyHalting, blankIdentifier, adaptation };
    // One click is one repeat, also when its answer is lost and the request is sent again.
    const request = { evaluation: evaluation.id, protocol, again: true, requestId: crypto.randomUUID() } satisfies EvaluationRequest;
    navigate(to.evaluation((await startEvaluation(request)).id));
  });
  return (
    <>
      <p>
        <button
          type="button"
          class="button"
          disabled={pending}
          title="Another repeat, compared with this one example by example"
          onClick={() => run()}
        >
          <Icon name="again" /> Run again to reproduce
        </button>
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
