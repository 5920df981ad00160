import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, LeaderboardAnswer } from '../api/types';
import { split } from '../board/Unscored';
import { percent } from '../format/numbers';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';

const MOST = 8;

const isOther = (id: string) => (entry: { readonly evaluation: string; readonly score: number | null }) =>
  entry.evaluation !== id && entry.score !== null;

/** Links to comparisons with the best of the same board, which is the one of its protocol, and with answers beside it. */
export function CompareWith({ evaluation }: { readonly evaluation: Evaluation }) {
  const { value: board } = useResource<LeaderboardAnswer>(
    api.leaderboard(evaluation.puzzleSet, { protocol: evaluation.protocol?.key ?? null }),
  );
  const others = board
    ? [...split(board).board.entries.slice(0, MOST + 1), ...board.answers].filter(isOther(evaluation.id)).slice(0, MOST)
    : [];
  if (others.length === 0) return null;
  return (
    <nav class="compare-with" aria-label="Compare">
      <h2>Compare with</h2>
      <ul>
        {others.map((entry) => (
          <li key={entry.evaluation}>
            <a class="button" href={to.compare(evaluation.id, entry.evaluation)}>
              <Name>{entry.model}</Name>{' '}
              <span class="sub">
                <Name>{entry.fileName}</Name>
              </span>{' '}
              {entry.score !== null && percent(entry.score)}
              {'label' in entry && <span class="sub">{entry.label}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
