import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { Problem, unreachable } from '../api/problem';
import { postJson } from '../api/resource';
import type { Evaluation, EvaluationRequest, WantedProtocol } from '../api/types';
import { navigate } from '../shell/navigation';
import { ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';

const DTYPES = ['float32', 'bfloat16', 'float16'];
const MOST_STEPS = 1024;

/** Runs the same checkpoint on the same puzzles once more, by a protocol that is given here. */
export function RunAnother({ evaluation }: { readonly evaluation: Evaluation }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [state, setState] = useState<'ready' | 'sending' | 'same'>('ready');
  const { protocol } = evaluation;
  const arc = evaluation.puzzleSetKind === 'arc';
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = wantedProtocol(new FormData(event.currentTarget as HTMLFormElement));
    setProblem(null);
    setState('sending');
    try {
      const request = { evaluation: evaluation.id, protocol: wanted } satisfies EvaluationRequest;
      const started = await postJson<Evaluation>(api.startEvaluation(), request);
      if (started.id === evaluation.id) setState('same');
      else navigate(to.evaluation(started.id));
    } catch (error) {
      setProblem(error instanceof Problem ? error : unreachable());
      setState('ready');
    }
  };
  return (
    <details class="run-another">
      <summary>Run by another protocol</summary>
      <form onSubmit={(event) => void onSubmit(event)}>
        <label>
          <span>Improvement steps</span>
          <input name="steps" type="number" min={1} max={MOST_STEPS} required defaultValue={String(protocol.steps)} />
        </label>
        <label>
          <span>Computes in</span>
          <select name="dtype">
            {DTYPES.map((dtype) => (
              <option key={dtype} value={dtype} selected={dtype === protocol.dtype}>
                {dtype}
              </option>
            ))}
          </select>
        </label>
        {arc && (
          <label title="How many augmentations of each task vote; 0 turns voting off">
            <span>Augmentations</span>
            <input name="augmentations" type="number" min={0} placeholder="all" defaultValue={String(protocol.augmentations ?? '')} />
          </label>
        )}
        <label class="check" title="An example ends after the first step at which the halting head says yes">
          <input name="earlyHalting" type="checkbox" defaultChecked={protocol.earlyHalting} /> <span>Halt early</span>
        </label>
        {arc && (
          <label class="check" title="The network is not told which task it sees: what it still solves is no memory of the task">
            <input name="blankIdentifier" type="checkbox" defaultChecked={protocol.blankIdentifier} /> <span>Blank identifier</span>
          </label>
        )}
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

/** What the form says; a field that it does not show is left to the authors. */
export function wantedProtocol(form: FormData): WantedProtocol {
  const number = (name: string) => {
    const text = form.get(name);
    return typeof text === 'string' && text !== '' ? Number(text) : null;
  };
  return {
    steps: number('steps'),
    dtype: String(form.get('dtype')),
    augmentations: number('augmentations'),
    earlyHalting: form.has('earlyHalting'),
    blankIdentifier: form.has('blankIdentifier'),
  };
}
