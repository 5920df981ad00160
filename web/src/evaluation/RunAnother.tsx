import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { postJson } from '../api/resource';
import type { Evaluation, EvaluationRequest } from '../api/types';
import { navigate } from '../shell/navigation';
import { ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { ProtocolFields, requestedProtocol } from './ProtocolFields';

/** Runs the same checkpoint on the same puzzles once more, by a protocol that is given here. */
export function RunAnother({ evaluation }: { readonly evaluation: Evaluation }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [state, setState] = useState<'ready' | 'sending' | 'same'>('ready');
  const { protocol } = evaluation;
  const arc = evaluation.puzzleSetKind === 'arc';
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = requestedProtocol(new FormData(event.currentTarget as HTMLFormElement));
    setProblem(null);
    setState('sending');
    try {
      const request = { evaluation: evaluation.id, protocol: wanted } satisfies EvaluationRequest;
      const started = await postJson<Evaluation>(api.startEvaluation(), request);
      if (started.id === evaluation.id) setState('same');
      else navigate(to.evaluation(started.id));
    } catch (error) {
      setProblem(problemOf(error));
      setState('ready');
    }
  };
  return (
    <details class="run-another">
      <summary>Run by another protocol</summary>
      <form onSubmit={(event) => void onSubmit(event)}>
        <ProtocolFields protocol={protocol} arc={arc} />
        <button type="submit" disabled={state === 'sending'}>
          Run
        </button>
      </form>
      <p class="sub-inline" role="status">
        {state === 'sending' && 'Starting the evaluation…'}
        {state === 'same' && 'This is the evaluation by that protocol: change something.'}
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </details>
  );
}
