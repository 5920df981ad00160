import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, LeaderboardAnswer, PublishedResult } from '../api/types';
import { publishedKey } from '../board/shown';
import { ranBy } from '../evaluation/run';
import { dollars, percent, range } from '../format/numbers';
import { metricName, orderedMetrics } from '../format/words';
import { splitOf } from '../plot/splits';
import { Name } from '../shell/Name';
import { navigate } from '../shell/navigation';
import { MOST_COMPARED, to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { letter } from './names';

interface ScoresProps {
  readonly evaluations: readonly Evaluation[];
  /** Keys of the published results that stand beside them. */
  readonly published: readonly string[];
}

/** Every score of every evaluation, a column each, and beside them what others published: of these there is a score alone. */
export function ComparedScores({ evaluations, published }: ScoresProps) {
  const [first] = evaluations;
  const { value: board } = useResource<LeaderboardAnswer>(first ? api.leaderboard(first.puzzleSet) : null);
  if (!first) return null;
  const ids = evaluations.map(({ id }) => id);
  const claims = board?.published ?? [];
  const beside = claims.filter((result) => published.includes(publishedKey(result)));
  const main = first.mainMetric;
  const metrics = orderedMetrics([...new Set([main, ...evaluations.flatMap(({ scores }) => Object.keys(scores))])], main);
  return (
    <section class="card compared-scores" aria-labelledby="scores">
      <header class="card-head">
        <h2 id="scores">Scores</h2>
      </header>
      <ScrollRoom label="Scores side by side">
        <table class="board">
          <thead>
            <tr>
              <td />
              {evaluations.map((evaluation, place) => (
                <th key={evaluation.id} scope="col">
                  <b class={`series series-${place}`}>{letter(place)}</b>{' '}
                  <a href={to.evaluation(evaluation.id)}>
                    <Name>{evaluation.model}</Name>
                  </a>
                  <span class="sub">
                    <Name>{evaluation.fileName}</Name>
                  </span>
                </th>
              ))}
              {beside.map((result) => (
                <th key={publishedKey(result)} scope="col" data-published>
                  <Name>{result.method}</Name>
                  <span class="sub">{result.label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => (
              <tr key={metric}>
                <th scope="row">{metricName(metric, first.puzzleSetKind)}</th>
                {evaluations.map((evaluation) => (
                  <Score key={evaluation.id} {...{ evaluation, metric }} />
                ))}
                {beside.map((result) => (
                  <Claim key={publishedKey(result)} {...{ result, metric, main, split: board?.split ?? null }} />
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">Run by</th>
              {evaluations.map((evaluation) => (
                <td key={evaluation.id}>{ranBy(evaluation)}</td>
              ))}
              {beside.map((result) => (
                <td key={publishedKey(result)}>{result.source}</td>
              ))}
            </tr>
            {ids.length > 2 && (
              <tr>
                <th scope="row">
                  <span class="sr">Leave out</span>
                </th>
                {evaluations.map(({ id, model }, place) => (
                  <td key={id}>
                    <a
                      href={to.compare(
                        ids.filter((other) => other !== id),
                        published,
                      )}
                    >
                      leave out
                      <span class="sr">
                        {' '}
                        {letter(place)}, <Name>{model}</Name>
                      </span>
                    </a>
                  </td>
                ))}
                {beside.map((result) => (
                  <td key={publishedKey(result)} />
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </ScrollRoom>
      {claims.length > 0 && <Beside claims={claims} chosen={published} onChosen={(keys) => navigate(to.compare(ids, keys), true)} />}
    </section>
  );
}

function Score({ evaluation, metric }: { readonly evaluation: Evaluation; readonly metric: string }) {
  const score = evaluation.scores[metric];
  const interval = evaluation.intervals[metric];
  return (
    <td class="num" data-metric={metric} data-value={score}>
      {score === undefined ? '–' : percent(score)}
      {interval && <span class="interval">{range(interval.low, interval.high)}</span>}
    </td>
  );
}

interface ClaimProps {
  readonly result: PublishedResult;
  readonly metric: string;
  readonly main: string;
  /** Of the set, in words. */
  readonly split: string | null;
}

/** What was published is one number, which stands where the set is ranked. */
function Claim({ result, metric, main, split }: ClaimProps) {
  if (metric !== main) return <td class="num">–</td>;
  const [own, theirs] = [splitOf(split), splitOf(result.split)];
  const other = own !== null && theirs !== null && own !== theirs;
  return (
    <td class="num" data-other-split={other}>
      {percent(result.score)}
      <span class="interval">
        {result.metric}, {result.split}
      </span>
      {other && <span class="other-split">of another split: does not compare</span>}
      {result.dollarsPerTask !== null && <span class="interval">{dollars(result.dollarsPerTask)} a task</span>}
    </td>
  );
}

interface BesideProps {
  readonly claims: readonly PublishedResult[];
  readonly chosen: readonly string[];
  readonly onChosen: (keys: readonly string[]) => void;
}

function Beside({ claims, chosen, onChosen }: BesideProps) {
  const full = chosen.length >= MOST_COMPARED;
  return (
    <details class="beside">
      <summary>Published results beside them</summary>
      <ul class="choices">
        {claims.map((result) => {
          const key = publishedKey(result);
          const checked = chosen.includes(key);
          return (
            <li key={key}>
              <label>
                <input
                  type="checkbox"
                  checked={checked}
                  disabled={full && !checked}
                  onChange={() => onChosen(checked ? chosen.filter((other) => other !== key) : [...chosen, key])}
                />{' '}
                <Name>{result.method}</Name> {percent(result.score)} <span class="sub-inline">{result.split}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {full && <p class="facts">{MOST_COMPARED} at most.</p>}
    </details>
  );
}
