import type { Interval } from '../api/types';
import { ScoreBar } from '../board/LeaderboardTable';
import { percent, range } from '../format/numbers';
import { metricMeaning, metricName } from '../format/words';

interface CellProps {
  readonly metric: string;
  readonly score: number | null;
  readonly interval: Interval | null;
}

/** A score with its interval and, since rows of different sets stand under each other, what was measured. */
export function ScoreCell({ metric, score, interval }: CellProps) {
  if (score === null) return <td class="num score">–</td>;
  return (
    <td class="num score" data-metric={metric} data-value={score}>
      {percent(score)}
      <ScoreBar share={score} interval={interval} />
      <span class="interval" title={metricMeaning(metric)}>
        {metricName(metric)}
        {interval && <span title="95% interval"> · {range(interval.low, interval.high)}</span>}
      </span>
    </td>
  );
}
