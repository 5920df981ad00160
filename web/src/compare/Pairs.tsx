import type { ComparedPair, Comparison } from '../api/types';
import { count } from '../format/numbers';
import { Explain } from '../reading/Explain';
import { Name } from '../shell/Name';
import { ScrollRoom } from '../shell/Scrolling';
import { letter, namesOf, pText } from './names';

/** Each two of them: how far apart they are, and how surely. */
export function Pairs({ comparison }: { readonly comparison: Comparison }) {
  const { evaluations, pairs, taskCount } = comparison;
  const names = namesOf(evaluations);
  return (
    <section class="card compared-pairs" aria-labelledby="pairs">
      <header class="card-head">
        <h2 id="pairs">Differences, model by model</h2>
      </header>
      <ScrollRoom label="Differences of each two">
        <table class="board">
          <caption class="sr">
            A row against a column: how many more of the tasks it solves, and p by McNemar’s exact test; bold where it is below 5%
          </caption>
          <thead>
            <tr>
              <th scope="col">Solves more than</th>
              {names.map((name, place) => (
                <th key={name} scope="col" class="num">
                  <b class={`series series-${place}`}>{letter(place)}</b>
                  <span class="sr">
                    , <Name>{name}</Name>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name, row) => (
              <tr key={name}>
                <th scope="row">
                  <b class={`series series-${row}`}>{letter(row)}</b> <Name>{name}</Name>
                </th>
                {names.map((other, column) => (
                  <Difference key={other} pair={pairOf(pairs, row, column)} turned={row > column} taskCount={taskCount} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRoom>
      <p class="pairs-note sub-inline">
        Points of all tasks; p by McNemar’s exact test, for each two by themselves: of {count(pairs.length)} pairs one in twenty is below 5%
        by luck. <Explain term="tie group" />
      </p>
    </section>
  );
}

function pairOf(pairs: readonly ComparedPair[], one: number, other: number): ComparedPair | undefined {
  return pairs.find(({ first, second }) => first === Math.min(one, other) && second === Math.max(one, other));
}

interface DifferenceProps {
  /** None of an evaluation with itself. */
  readonly pair: ComparedPair | undefined;
  /** Whether the row is the second of the pair. */
  readonly turned: boolean;
  readonly taskCount: number;
}

function Difference({ pair, turned, taskCount }: DifferenceProps) {
  if (!pair) return <td class="num">–</td>;
  const more = (turned ? -1 : 1) * (pair.onlyFirst - pair.onlySecond);
  const points = (100 * more) / Math.max(1, taskCount);
  const text = `${points > 0 ? '+' : points < 0 ? '−' : '±'}${Math.abs(points).toFixed(1)}`;
  return (
    <td class="num" data-significant={pair.significant}>
      {pair.significant ? <strong>{text}</strong> : text}
      <span class="interval">p = {pText(pair.pValue)}</span>
    </td>
  );
}
