import { api } from '../api/paths';
import type { Leaderboard, LeaderboardAnswer, LeaderboardEntry, UnscoredEntry } from '../api/types';
import { Ago } from '../shell/Ago';
import { Name } from '../shell/Name';
import { Notice } from '../shell/Notice';
import { to } from '../shell/routes';

type Entry = LeaderboardAnswer['entries'][number];

const isUnscored = (entry: Entry): entry is UnscoredEntry => entry.score === null;
const isScored = (entry: Entry): entry is LeaderboardEntry => entry.score !== null;

/** The entries that a table can rank, and the others. */
export function split(answer: LeaderboardAnswer): { readonly board: Leaderboard; readonly unscored: readonly UnscoredEntry[] } {
  const scored = answer.entries.filter(isScored);
  return { board: { ...answer, entries: scored }, unscored: answer.entries.filter(isUnscored) };
}

/** Evaluations on a set whose solutions nobody here knows: what there is of them is a submission. */
export function Unscored({ entries }: { readonly entries: readonly UnscoredEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <div class="unscored">
      <Notice tone="empty" title="Solutions are hidden: submit the predictions where they are known">
        <p>These evaluations are finished, but without scores and ranks.</p>
      </Notice>
      <ul aria-label="Evaluations without a score">
        {entries.map((entry) => (
          <li key={entry.evaluation}>
            <a href={to.evaluation(entry.evaluation)}>
              <Name>{entry.model}</Name>
            </a>{' '}
            <span class="sub-inline">
              <Name>{entry.fileName}</Name>
            </span>{' '}
            <a href={api.submission(entry.evaluation)} download={`${entry.model}-submission.json`}>
              submission.json
            </a>{' '}
            <span class="sub-inline">{entry.finishedAt && <Ago time={entry.finishedAt} />}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
