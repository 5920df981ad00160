import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { postJson } from '../api/resource';
import type { Command, Evaluation, EvaluationState } from '../api/types';
import { Icon, type IconName } from '../shell/Icon';
import { ProblemNotice } from '../shell/Notice';

const POSSIBLE: Record<EvaluationState, readonly Command[]> = {
  queued: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  finished: [],
  failed: ['retry'],
  cancelled: ['retry'],
};

const LOOKS: Record<Command, { readonly icon: IconName; readonly words: string; readonly title: string }> = {
  pause: { icon: 'pause', words: 'Pause', title: 'Solvers let go of it after the step that they are in; what is solved stays' },
  resume: { icon: 'play', words: 'Resume', title: 'The missing units run' },
  cancel: { icon: 'stop', words: 'Cancel', title: 'Ends it; what is solved stays, and a retry takes it up again' },
  retry: { icon: 'again', words: 'Retry', title: 'Only the missing units run again' },
};

interface ControlsProps {
  readonly evaluation: Evaluation;
  readonly take: (evaluation: Evaluation) => void;
}

/** What can be done to an evaluation in its state. */
export function Controls({ evaluation, take }: ControlsProps) {
  const [sending, setSending] = useState<Command | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = async (command: Command) => {
    setSending(command);
    setProblem(null);
    try {
      take(await postJson<Evaluation>(api.control(evaluation.id, command), {}));
    } catch (error) {
      setProblem(problemOf(error));
    }
    setSending(null);
  };
  return (
    <div class="controls">
      {POSSIBLE[evaluation.state].map((command) => (
        <button
          key={command}
          type="button"
          class="button"
          title={LOOKS[command].title}
          disabled={sending !== null}
          onClick={() => void ask(command)}
        >
          <Icon name={LOOKS[command].icon} /> {LOOKS[command].words}
        </button>
      ))}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
