import type { AnswersEntry, Leaderboard } from '../api/types';
import { Choose, ChooseHead } from '../compare/Choose';
import type { Choosing } from '../compare/choosing';
import { Address } from '../evaluation/AnswersFacts';
import { dollars, percent, range } from '../format/numbers';
import { metricName } from '../format/words';
import { ExplainMetrics } from '../reading/ExplainMetrics';
import { Ago } from '../shell/Ago';
import { Name } from '../shell/Name';
import { MOST_COMPARED, to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { ScoreBar } from './LeaderboardTable';
import { type Marking, marks } from './marking';

interface AnswersProps {
  readonly board: Leaderboard;
  /** Those that the filter leaves. */
  readonly shown: readonly AnswersEntry[];
  readonly visible: boolean;
  readonly onVisible: (visible: boolean) => void;
  readonly marking: Marking;
  readonly choosing?: Choosing | undefined;
}

/** Answers of other systems: scored here as runs are, not run here, and in no rank of one. */
export function AnswersTable({ board, shown, visible, onVisible, marking, choosing }: AnswersProps) {
  if (board.answers.length === 0) return null;
  const best = board.entries[0]?.evaluation;
  return (
    <section class="card answers" aria-labelledby="answers">
      <header class="card-head">
        <h2 id="answers">Answers of other systems</h2>
        <p class="facts">
          <span class="answers-mark">{board.answers[0]?.label}</span>
          <label>
            <input type="checkbox" checked={visible} onChange={(event) => onVisible(event.currentTarget.checked)} /> show
          </label>
        </p>
      </header>
      {visible && shown.length === 0 && <p class="nothing">No answers have all of these words.</p>}
      {shown.length > 0 && (
        <ScrollRoom label="Table of answers of other systems">
          <table class="board">
            <thead>
              <tr>
                {choosing && <ChooseHead />}
                <th scope="col">System</th>
                <th scope="col" class="num">
                  {metricName(board.metric)}
                  <ExplainMetrics metrics={[board.metric]} />
                </th>
                <th scope="col" class="num">
                  $ per task
                </th>
                <th scope="col">See</th>
                <th scope="col" class="num">
                  Scored
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((entry) => (
                <tr
                  key={entry.evaluation}
                  data-evaluation={entry.evaluation}
                  {...marks(entry.evaluation, marking.marked === entry.evaluation, marking.onMark)}
                >
                  {choosing && (
                    <Choose
                      id={entry.evaluation}
                      name={entry.model}
                      chosen={choosing.chosen.includes(entry.evaluation)}
                      full={choosing.chosen.length === MOST_COMPARED}
                      onChoose={choosing.onChoose}
                    />
                  )}
                  <th scope="row" class="model">
                    <a href={to.evaluation(entry.evaluation)}>
                      <Name>{entry.model}</Name>
                    </a>
                    <span class="sub">
                      <Name>{entry.fileName}</Name>
                    </span>
                  </th>
                  <td class="num score" data-metric={board.metric} data-value={entry.score}>
                    {entry.score === null ? '–' : percent(entry.score)}
                    {entry.score !== null && <ScoreBar share={entry.score} interval={entry.interval} />}
                    {entry.interval && (
                      <span class="interval" title="95% interval">
                        {range(entry.interval.low, entry.interval.high)}
                      </span>
                    )}
                  </td>
                  <td class="num">{entry.dollarsPerTask === null ? '–' : dollars(entry.dollarsPerTask)}</td>
                  <td>
                    <p class="facts">
                      {entry.paper && <Address url={entry.paper} words="paper" />}
                      {entry.code && <Address url={entry.code} words="code" />}
                      {best && <a href={to.compare([entry.evaluation, best])}>compare with the best run</a>}
                    </p>
                  </td>
                  <td class="num when">
                    <Ago time={entry.finishedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRoom>
      )}
    </section>
  );
}
