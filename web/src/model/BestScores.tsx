import type { BestScore, Model } from '../api/types';
import { ProtocolLabel } from '../board/ProtocolLabel';
import { WHOLE_BOARD } from '../board/view';
import { Verification } from '../evaluation/Verification';
import { count, plural } from '../format/numbers';
import { Ago } from '../shell/Ago';
import { Digest } from '../shell/Digest';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { ScoreCell } from './ScoreCell';

/** The best score on each puzzle set, once for each protocol: these are different quantities. */
export function BestScores({ model }: { readonly model: Model }) {
  const sets = new Set(model.best.map((best) => best.puzzleSet)).size;
  return (
    <section class="card" aria-labelledby="best">
      <header class="card-head">
        <h2 id="best">Best scores</h2>
        {sets > 0 && <p class="facts">on {plural(sets, 'puzzle set')}</p>}
      </header>
      {model.best.length === 0 ? (
        <p class="nothing">No evaluation of it has a score yet.</p>
      ) : (
        <ScrollRoom label="Table of best scores">
          <table class="board">
            <thead>
              <tr>
                <th scope="col">Puzzle set</th>
                <th scope="col" class="num">
                  Score
                </th>
                <th scope="col">Checkpoint</th>
                <th scope="col" class="num" title="Evaluations of this model with a score, on this set by this protocol">
                  Of
                </th>
                <th scope="col" class="num">
                  Reached
                </th>
              </tr>
            </thead>
            <tbody>
              {model.best.map((best) => (
                <Row key={best.evaluation} model={model.name} best={best} />
              ))}
            </tbody>
          </table>
        </ScrollRoom>
      )}
    </section>
  );
}

function Row({ model, best }: { readonly model: string; readonly best: BestScore }) {
  return (
    <tr data-evaluation={best.evaluation}>
      <th scope="row" class="model">
        <a href={to.set(best.puzzleSet, { ...WHOLE_BOARD, protocol: best.protocol.key })}>
          <Name>{best.puzzleSet}</Name>
        </a>
        <span class="sub">
          <ProtocolLabel protocol={best.protocol} />
        </span>
      </th>
      <ScoreCell metric={best.metric} score={best.score} interval={best.interval} />
      <td>
        <Digest digest={best.checkpoint} what={`the checkpoint of ${model} that is best on ${best.puzzleSet}`} />
      </td>
      <td class="num">{count(best.evaluations)}</td>
      <td class="num">
        <a href={to.evaluation(best.evaluation)}>
          <Ago time={best.finishedAt} />
          <span class="sr">
            , its evaluation on <Name>{best.puzzleSet}</Name>
          </span>
        </a>{' '}
        <Verification of={best.verification} />
      </td>
    </tr>
  );
}
