import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, LeaderboardAnswer } from '../api/types';
import { split } from '../board/Unscored';
import { percent } from '../format/numbers';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';

const MOST = 8;

interface CompareWithProps {
  readonly evaluation: Evaluation;
  /** Where the others stand. */
  readonly board: LeaderboardAnswer;
  /** What is compared already. */
  readonly ids?: readonly string[];
  readonly published?: readonly string[];
}

/** The board that a finished evaluation stands on, which is the one of its protocol; undefined while there is none. */
export function useBoardOf(evaluation: Evaluation | undefined): LeaderboardAnswer | undefined {
  const path =
    evaluation?.state === 'finished' ? api.leaderboard(evaluation.puzzleSet, { protocol: evaluation.protocol?.key ?? null }) : null;
  return useResource<LeaderboardAnswer>(path).value;
}

/** Links to comparisons with the best of the same board, and with answers beside it. */
export function CompareWith({ evaluation, board, ids = [evaluation.id], published = [] }: CompareWithProps) {
  const isOther = (entry: { readonly evaluation: string; readonly score: number | null }) =>
    !ids.includes(entry.evaluation) && entry.score !== null;
  const others = [...split(board).board.entries.slice(0, MOST + ids.length), ...board.answers].filter(isOther).slice(0, MOST);
  if (others.length === 0) return null;
  const title = ids.length > 1 ? 'Compare with one more' : 'Compare with';
  return (
    <nav class="compare-with" aria-label="Compare">
      <h2>{title}</h2>
      <ul>
        {others.map((entry) => (
          <li key={entry.evaluation}>
            <a class="button" href={to.compare([...ids, entry.evaluation], published)}>
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
