import { startEvaluation } from '../api/submissions';
import type { EvaluationRequest, Run } from '../api/types';
import { useAction } from '../api/useAction';
import { ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { ProtocolFields, requestedProtocol } from './ProtocolFields';
import { StopIfSuspect, stopsIfSuspect } from './StopIfSuspect';

/** Runs the same checkpoint on the same puzzles once more, by a protocol that is given here. */
export function RunAnother({ evaluation }: { readonly evaluation: Run }) {
  const { protocol } = evaluation;
  const arc = evaluation.puzzleSetKind === 'arc';
  const {
    run,
    pending,
    problem,
    value: same,
  } = useAction(async (form: FormData) => {
    const stopIfSuspect = stopsIfSuspect(form);
    const request = {
      evaluation: evaluation.id,
      protocol: requestedProtocol(form),
      // Whoever wants the verdict wants a run, also by the protocol of one that went on without; one click is one run.
      ...(stopIfSuspect && { stopIfSuspect, again: true, requestId: crypto.randomUUID() }),
    } satisfies EvaluationRequest;
    const started = await startEvaluation(request);
    if (started.id !== evaluation.id) navigate(to.evaluation(started.id));
    return started.id === evaluation.id;
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    run(new FormData(event.currentTarget as HTMLFormElement));
  };
  return (
    <details class="run-another">
      <summary>Run by another protocol</summary>
      <form onSubmit={onSubmit}>
        <ProtocolFields protocol={protocol} arc={arc} />
        {arc && <StopIfSuspect />}
        <button type="submit" disabled={pending}>
          Run
        </button>
      </form>
      <p class="sub-inline" role="status">
        {pending && 'Starting the evaluation…'}
        {same && 'This evaluation already used that protocol: change a setting.'}
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </details>
  );
}
