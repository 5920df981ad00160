import { useEffect, useRef, useState } from 'preact/hooks';
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

/** What takes something from others who wait for it is asked about first; the words of the two answers. */
const QUESTIONS: Partial<Record<Command, { readonly yes: string; readonly no: string }>> = {
  pause: { yes: 'Pause it', no: 'Let it run' },
  cancel: { yes: 'Cancel it', no: 'Keep it' },
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
  const [asked, ask] = useState<Command | null>(null);
  const commands = possible(evaluation.state);
  const question = asked !== null && commands.includes(asked) ? QUESTIONS[asked] : undefined;
  const answer = (command: Command | null) => {
    ask(null);
    if (command !== null) run(command);
  };
  return (
    <div class="controls">
      {!question &&
        commands.map((command) => (
          <button
            key={command}
            type="button"
            class="button"
            title={LOOKS[command].title}
            disabled={pending}
            onClick={() => (QUESTIONS[command] ? ask(command) : run(command))}
          >
            <Icon name={LOOKS[command].icon} /> {LOOKS[command].words}
            {QUESTIONS[command] && '…'}
          </button>
        ))}
      {question && asked && <Question command={asked} {...question} answer={answer} />}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}

interface QuestionProps {
  readonly command: Command;
  readonly yes: string;
  readonly no: string;
  /** Null when it was thought better of. */
  readonly answer: (command: Command | null) => void;
}

function Question({ command, yes, no, answer }: QuestionProps) {
  const what = useRef<HTMLSpanElement>(null);
  useEffect(() => what.current?.focus(), []);
  return (
    <>
      <span class="sub-inline" tabIndex={-1} ref={what}>
        {LOOKS[command].title}.
      </span>
      <button type="button" class="button" onClick={() => answer(command)}>
        {yes}
      </button>
      <button type="button" class="button" onClick={() => answer(null)}>
        {no}
      </button>
    </>
  );
}
