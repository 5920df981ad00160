import type { Evaluation } from '../api/types';
import { ranBy } from '../evaluation/run';
import { StateBadge } from '../evaluation/State';
import { Verification } from '../evaluation/Verification';
import { ScoreCell } from '../model/ScoreCell';
import { Ago } from '../shell/Ago';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';

/** Evaluations of any model and set, a row each. */
export function EvaluationsTable({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  return (
    <ScrollRoom label="Table of evaluations">
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Puzzle set</th>
            <th scope="col" class="num">
              Score
            </th>
            <th scope="col">State</th>
            <th scope="col" class="num">
              Submitted
            </th>
          </tr>
        </thead>
        <tbody>
          {evaluations.map((evaluation) => (
            <tr key={evaluation.id} data-evaluation={evaluation.id} data-state={evaluation.state}>
              <th scope="row" class="model">
                <a href={to.evaluation(evaluation.id)}>
                  <Name>{evaluation.model}</Name>
                  <span class="sr">
                    {' '}
                    on <Name>{evaluation.puzzleSet}</Name>
                  </span>
                </a>
                <span class="sub">
                  <Name>{evaluation.fileName}</Name>
                </span>
              </th>
              <td class="model">
                <a class="plain" href={to.boardOf(evaluation)}>
                  <Name>{evaluation.puzzleSet}</Name>
                </a>
                <span class="sub">{ranBy(evaluation)}</span>
              </td>
              <ScoreCell
                metric={evaluation.mainMetric}
                score={evaluation.scores[evaluation.mainMetric] ?? null}
                interval={evaluation.intervals[evaluation.mainMetric] ?? null}
              />
              <td>
                <StateBadge state={evaluation.state} /> <Verification of={evaluation.verification} />
              </td>
              <td class="num when">
                <Ago time={evaluation.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}
