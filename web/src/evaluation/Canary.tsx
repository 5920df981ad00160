import type { Evaluation } from '../api/types';
import { count } from '../format/numbers';
import { isOver } from '../live/events';
import { Notice } from '../shell/Notice';
import { verdictWords } from './canaryWords';

/** What the demonstrations say that training saw: whether this is run as it was trained. */
export function Canary({ evaluation }: { readonly evaluation: Evaluation }) {
  const { canary } = evaluation;
  if (canary === null) return null;
  return (
    <section class="card canary" aria-label="Canary">
      <p data-canary={canary.exact ?? undefined}>
        <strong class="num">{headline(evaluation, canary)}</strong>{' '}
        <span class="sub-inline">
          {canary.none === null && 'demonstrations that training saw, solved before the test examples; they are no part of the score'}
        </span>
      </p>
      {canary.verdict !== null && canary.verdict !== 'fits' && (
        <Notice tone={canary.suspect ? 'warning' : 'empty'} title={verdictWords(canary.verdict)}>
          {canary.evidence && <p>{canary.evidence}</p>}
          {canary.remedy && <p class="remedy">{canary.remedy}</p>}
        </Notice>
      )}
      {canary.runs.length > 0 && (
        <details>
          <summary>The same demonstrations with other settings</summary>
          <ul>
            {canary.runs.map((run) => (
              <li key={`${run.dtype} ${run.hCycles} ${run.lCycles}`}>
                {run.dtype}, H_cycles {run.hCycles}, L_cycles {run.lCycles}: <span class="num">{count(run.exact)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function headline(evaluation: Evaluation, canary: NonNullable<Evaluation['canary']>): string {
  if (canary.none !== null) return `No canary: ${canary.none}`;
  if (canary.exact !== null) return `Canary ${count(canary.exact)} of ${count(canary.examples)}`;
  return `Canary of ${count(canary.examples)}, ${isOver(evaluation) ? 'not answered before it ended' : 'under way'}`;
}
