import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Comparison, LeaderboardEntry, Run } from '../api/types';
import { pText } from '../compare/names';
import { count } from '../format/numbers';
import { Explain } from '../reading/Explain';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';

interface StandingProps {
  readonly evaluation: Run;
  /** Best first: those of its board that have a score. */
  readonly entries: readonly LeaderboardEntry[];
}

/** Where a finished run stands on its board, how surely, and what there is to do with it. */
export function Standing({ evaluation, entries }: StandingProps) {
  // A board shows one run of each checkpoint: of a repeat, the first.
  const own =
    entries.find((entry) => entry.evaluation === evaluation.id) ?? entries.find((entry) => entry.evaluation === evaluation.original);
  const first = own?.rank === 1;
  const other = first ? entries.find((entry) => entry !== own) : entries[0];
  const ids = own && other ? [other.evaluation, own.evaluation] : [];
  const { value: comparison } = useResource<Comparison>(ids.length === 2 ? api.compare(ids) : null);
  if (!own) return null;
  const pair = comparison?.pairs[0];
  const against = !first ? 'the best' : other?.rank === 1 ? 'the other' : 'the next';
  return (
    <section class="card standing" aria-labelledby="standing">
      <header class="card-head">
        <h2 id="standing">Where it stands</h2>
      </header>
      <p>
        {own.evaluation !== evaluation.id && 'By its first run: '}
        <a href={to.boardOf(evaluation)}>
          <strong>{rankWords(own, other, entries.length)}</strong>
        </a>
        {other && pair && (
          <>
            , {pair.significant ? 'significantly different from' : 'not distinguishable from'} {against}, <Name>{other.model}</Name> (p ={' '}
            {pText(pair.pValue)}) <Explain term="tie group" />
          </>
        )}
      </p>
      <ul class="next-steps" aria-label="What to do next">
        {ids.length === 2 && (
          <li>
            <a href={to.compare(ids)}>Compare it with {against}, task by task</a>
          </li>
        )}
        <li>
          <a href="#repeats">Run it again to reproduce the score</a>
        </li>
        <li>
          <a href={to.submit(evaluation.puzzleSet)}>Submit another checkpoint</a>
        </li>
        <li>
          <a href="#badge">Show the score elsewhere</a>
        </li>
      </ul>
    </section>
  );
}

function rankWords(own: LeaderboardEntry, other: LeaderboardEntry | undefined, entries: number): string {
  if (!other) return 'The only one on its board';
  if (own.rank !== 1) return `Rank ${count(own.rank)} of ${count(entries)}`;
  return other.rank === 1 ? `Shares rank 1 of ${count(entries)}` : `Best of ${count(entries)}`;
}
