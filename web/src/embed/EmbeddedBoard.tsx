import { useMemo } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { LeaderboardAnswer } from '../api/types';
import { split } from '../board/Unscored';
import type { BoardView } from '../board/view';
import { count, percent, range } from '../format/numbers';
import { metricName } from '../format/words';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { EmbedFrame } from './EmbedPage';

const ROWS = 10;

/** The best of a board. */
export function EmbeddedBoard({ name, view }: { readonly name: string; readonly view: BoardView }) {
  const { value: answer, problem } = useResource<LeaderboardAnswer>(api.leaderboard(name, view));
  const board = useMemo(() => (answer ? split(answer).board : undefined), [answer]);
  return (
    <EmbedFrame name={name} href={to.set(name, view)} problem={problem} loading={!board}>
      {board && board.entries.length === 0 && <p class="nothing">No model was evaluated on this set yet.</p>}
      {board && board.entries.length > 0 && (
        <ScrollRoom label="Leaderboard">
          <table class="board">
            <thead>
              <tr>
                <th scope="col" class="num">
                  Rank
                </th>
                <th scope="col">Model</th>
                <th scope="col" class="num">
                  {metricName(board.metric)}
                </th>
                <th scope="col" class="num">
                  95% interval
                </th>
              </tr>
            </thead>
            <tbody>
              {board.entries.slice(0, ROWS).map((entry) => (
                <tr key={entry.evaluation}>
                  <td class="num">{entry.rank}</td>
                  <th scope="row">
                    <a href={to.evaluation(entry.evaluation)}>
                      <Name>{entry.model}</Name>
                    </a>
                  </th>
                  <td class="num">{percent(entry.score)}</td>
                  <td class="num">{entry.interval && range(entry.interval.low, entry.interval.high)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRoom>
      )}
      {board && board.entries.length > ROWS && (
        <p class="sub-inline">
          The first {ROWS} of {count(board.entries.length)}.
        </p>
      )}
    </EmbedFrame>
  );
}
