import { useEffect, useRef } from 'preact/hooks';
import { api } from '../api/paths';
import { deleteJson, forgetAnswers } from '../api/resource';
import type { Removal } from '../api/types';
import { useAction } from '../api/useAction';
import { bytes, plural } from '../format/numbers';
import { Names } from '../shell/Name';
import { ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';

interface RemoveProps {
  /** Like "this evaluation". */
  readonly what: string;
  /** Address of the API that stands for it. */
  readonly path: string;
}

/** Takes something away for good, once it was said what goes with it and confirmed. */
export function Remove({ what, path }: RemoveProps) {
  const asked = useAction(() => deleteJson<Removal>(api.dryRun(path)));
  const removed = useAction(async () => {
    const gone = await deleteJson<Removal>(path);
    forgetAnswers();
    navigate(to.overview());
    return gone;
  });
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (asked.value) question.current?.focus();
  }, [asked.value]);
  const problem = removed.problem ?? asked.problem;
  return (
    <section class="card remove" aria-labelledby="remove">
      <div class="card-head">
        <h2 id="remove">Remove</h2>
      </div>
      <div class="in-card">
        {!asked.value && (
          <p>
            <button type="button" class="button" disabled={asked.pending} onClick={() => asked.run()}>
              Remove {what}…
            </button>
          </p>
        )}
        {asked.value && (
          <>
            <p tabIndex={-1} ref={question}>
              This removes <Gone removal={asked.value} />. It cannot be undone.
            </p>
            <p class="buttons">
              <button type="button" class="button danger" disabled={removed.pending} onClick={() => removed.run()}>
                Remove for good
              </button>{' '}
              <button type="button" class="button" disabled={removed.pending} onClick={() => asked.forget()}>
                Keep it
              </button>
            </p>
          </>
        )}
        <p class="sub-inline" role="status">
          {removed.pending && 'Removing…'}
        </p>
        {problem && <ProblemNotice problem={problem} />}
      </div>
    </section>
  );
}

function Gone({ removal }: { readonly removal: Removal }) {
  const { evaluations, running, models, checkpoints, puzzleSet, bytes: size } = removal;
  const parts = [
    puzzleSet && 'the puzzle set',
    `${plural(evaluations, 'evaluation')}${running > 0 ? ` (${running} running)` : ''} with all answers and scores`,
    models.length > 0 && (
      <>
        the {models.length === 1 ? 'name' : 'names'} <Names of={models} />
      </>
    ),
    checkpoints > 0 && `${plural(checkpoints, 'checkpoint')} that nobody else evaluated`,
    size > 0 && `${bytes(size)} of files`,
  ].filter((part) => part !== false);
  return parts.map((part, i) => [i > 0 && (i === parts.length - 1 ? ' and ' : ', '), part]);
}
