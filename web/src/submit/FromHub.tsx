import { useState } from 'preact/hooks';
import { useAction } from '../api/useAction';
import { ProblemNotice } from '../shell/Notice';

interface FromHubProps {
  readonly label: string;
  readonly placeholder: string;
  /** What the button says. */
  readonly action: string;
  readonly ask: (name: string) => Promise<unknown>;
}

/** The name of what lies on a hub, which the platform is asked for. */
export function FromHub({ label, placeholder, action, ask }: FromHubProps) {
  const [name, setName] = useState('');
  const { run, pending, problem, forget } = useAction(() => ask(name.trim()));
  const unready = pending || name.trim() === '';
  return (
    <div class="picker">
      <label>
        <span class="picker-label">{label}</span>
        <input
          type="text"
          value={name}
          placeholder={placeholder}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => {
            forget();
            setName(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // The form around it is about something else.
            event.preventDefault();
            if (!unready) run();
          }}
        />
      </label>
      <div class="picker-buttons">
        <button type="button" disabled={unready} onClick={run}>
          {pending ? 'Looking for it…' : action}
        </button>
      </div>
      {problem && <ProblemNotice problem={problem} retry={run} />}
    </div>
  );
}
