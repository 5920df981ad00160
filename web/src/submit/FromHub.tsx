import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { postJson } from '../api/resource';
import type { Fetched, FetchRequest } from '../api/types';
import { ProblemNotice } from '../shell/Notice';

/** A checkpoint that lies on a hub: the platform fetches it by itself, with the configuration beside it. */
export function FromHub({ onFetch }: { readonly onFetch: (fetched: Fetched) => void }) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const unready = busy || name.trim() === '';
  const begin = () => {
    setBusy(true);
    setProblem(null);
    const request = { from: name.trim() } satisfies FetchRequest;
    postJson<Fetched>(api.fetches(), request)
      .then(onFetch, (error: unknown) => setProblem(problemOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div class="picker">
      <label>
        <span class="picker-label">Or from a hub</span>
        <input
          type="text"
          value={name}
          placeholder="hf://OWNER/REPO/step_1656@main"
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !unready) begin();
          }}
        />
      </label>
      <div class="picker-buttons">
        <button type="button" disabled={unready} onClick={begin}>
          {busy ? 'Looking for it…' : 'Fetch'}
        </button>
      </div>
      {problem && <ProblemNotice problem={problem} retry={begin} />}
    </div>
  );
}
