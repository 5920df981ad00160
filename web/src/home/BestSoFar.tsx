import type { LeaderboardEntry, PublishedResult } from '../api/types';
import type { Shown } from '../board/shown';
import { percent, range } from '../format/numbers';
import { date } from '../format/time';
import { addressOf } from '../plot/sources';
import { Ago } from '../shell/Ago';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { useWidth } from '../shell/useWidth';
import { type BestYet, bestOverTime } from './bestOverTime';

const HEIGHT = 84;
const EDGE = 8;

/** What was reached, here and elsewhere, and how it came. */
export function BestSoFar({ rows }: { readonly rows: Shown }) {
  const run = best(rows.entries);
  const claim = best(rows.published);
  const records = bestOverTime(rows.entries);
  return (
    <dl class="best-so-far">
      <div>
        <dt>Best run here</dt>
        {run ? <Run run={run} /> : <dd class="sub-inline">Nothing has run here yet.</dd>}
      </div>
      <div>
        <dt>Best published</dt>
        {claim ? <Claim result={claim} /> : <dd class="sub-inline">Nothing that is published is known here.</dd>}
      </div>
      <div>
        <dt>Best score over time</dt>
        {records.length > 0 ? <Steps records={records} /> : <dd class="sub-inline">It begins with the first run.</dd>}
      </div>
    </dl>
  );
}

function best<R extends { readonly score: number }>(rows: readonly R[]): R | undefined {
  return rows.reduce<R | undefined>((found, row) => (found && found.score >= row.score ? found : row), undefined);
}

function Run({ run }: { readonly run: LeaderboardEntry }) {
  return (
    <dd>
      <span class="best-score">{percent(run.score)}</span>{' '}
      {run.interval && <span class="sub-inline">{range(run.interval.low, run.interval.high)}</span>}
      <p>
        <a href={to.evaluation(run.evaluation)}>
          <Name>{run.model}</Name>
        </a>
      </p>
      <p class="sub-inline">{run.finishedAt && <Ago time={run.finishedAt} />}</p>
    </dd>
  );
}

function Claim({ result }: { readonly result: PublishedResult }) {
  const address = addressOf(result.source);
  return (
    <dd>
      <span class="best-score">{percent(result.score)}</span> <span class="sub-inline">{result.label}</span>
      <p>
        <Name>{result.method}</Name>
      </p>
      <p class="sub-inline">
        {result.split},{' '}
        {address ? (
          <a href={address} target="_blank" rel="noopener noreferrer nofollow">
            {result.source}
          </a>
        ) : (
          result.source
        )}
      </p>
    </dd>
  );
}

/** A step up for every record, from the first to now. */
function Steps({ records }: { readonly records: readonly BestYet[] }) {
  const { room, width } = useWidth();
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) return null;
  const times = records.map(({ time }) => Date.parse(time));
  const [from, until] = [Math.min(...times), Math.max(...times)];
  // The last step has a length, too.
  const span = (until - from) * 1.15 || 1;
  const x = (time: number) => EDGE + ((time - from) / span) * Math.max(1, width - 2 * EDGE);
  const y = (score: number) => HEIGHT - EDGE - (score / (last.score || 1)) * (HEIGHT - 2 * EDGE);
  const path = records.map(({ score }, i) => (i === 0 ? `M${EDGE} ${y(score)}` : `H${x(times[i] ?? 0)}V${y(score)}`));
  const words = records.map(({ time, score, model }) => `${date(time)}: ${percent(score)} by ${model}`).join('; ');
  return (
    <dd>
      <div class="best-steps" ref={room}>
        <svg width={width} height={HEIGHT} role="img" aria-label={words}>
          <path class="best-base" d={`M0 ${HEIGHT - EDGE}H${width}`} />
          <path class="best-line" d={`${path.join('')}H${width - EDGE}`} />
          {records.map(({ evaluation, score }, i) => (
            <circle key={evaluation} class="best-record" cx={x(times[i] ?? 0)} cy={y(score)} r="3" />
          ))}
        </svg>
      </div>
      <p class="sub-inline">
        {records.length === 1
          ? `${percent(last.score)} since ${date(last.time)}`
          : `${percent(first.score)} on ${date(first.time)}, ${percent(last.score)} since ${date(last.time)}`}
      </p>
    </dd>
  );
}
