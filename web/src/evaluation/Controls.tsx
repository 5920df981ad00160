import { api } from '../api/paths';
import { postJson } from '../api/resource';
import type { Command, Evaluation, EvaluationState } from '../api/types';
import { useAction } from '../api/useAction';
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
  pause: { icon: 'pause', words: 'Pause', title: 'Solvers stop after their current step; solved examples are kept' },
  resume: { icon: 'play', words: 'Resume', title: 'Runs the missing units' },
  cancel: { icon: 'stop', words: 'Cancel', title: 'Ends the evaluation; solved examples are kept, and a retry continues from there' },
  retry: { icon: 'again', words: 'Retry', title: 'Runs only the missing units' },
};

interface ControlsProps {
  readonly evaluation: Evaluation;
  readonly take: (evaluation: Evaluation) => void;
}

/** What can be done to an evaluation in its state. */
export function Controls({ evaluation, take }: ControlsProps) {
  const { run, pending, problem } = useAction(async (command: Command) => {
    take(await postJson<Evaluation>(api.control(evaluation.id, command), {}));
  });
  return (
    <div class="controls">
      {POSSIBLE[evaluation.state].map((command) => (
        <button key={command} type="button" class="button" title={LOOKS[command].title} disabled={pending} onClick={() => run(command)}>
          <Icon name={LOOKS[command].icon} /> {LOOKS[command].words}
        </button>
      ))}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
