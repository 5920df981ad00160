import { api } from '../api/paths';
import { postJson } from '../api/resource';
import { type Command, type Evaluation, type EvaluationState, RULES } from '../api/types';
import { useAction } from '../api/useAction';
import { Icon, type IconName } from '../shell/Icon';
import { ProblemNotice } from '../shell/Notice';

const LOOKS: Record<Command, { readonly icon: IconName; readonly words: string; readonly title: string }> = {
  pause: { icon: 'pause', words: 'Pause', title: 'Solvers stop after their current step; solved examples are kept' },
  resume: { icon: 'play', words: 'Resume', title: 'Runs the missing units' },
  cancel: { icon: 'stop', words: 'Cancel', title: 'Ends the evaluation; solved examples are kept, and a retry continues from there' },
  retry: { icon: 'again', words: 'Retry', title: 'Runs only the missing units' },
};

/** In the order of their looks. */
function possible(state: EvaluationState): readonly Command[] {
  const states: Readonly<Record<Command, readonly EvaluationState[]>> = RULES.possibleIn;
  return (Object.keys(LOOKS) as Command[]).filter((command) => states[command].includes(state));
}

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
      {possible(evaluation.state).map((command) => (
        <button key={command} type="button" class="button" title={LOOKS[command].title} disabled={pending} onClick={() => run(command)}>
          <Icon name={LOOKS[command].icon} /> {LOOKS[command].words}
        </button>
      ))}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
