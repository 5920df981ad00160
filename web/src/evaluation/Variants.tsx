import { useEffect } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Run } from '../api/types';
import { ProtocolLabel } from '../board/ProtocolLabel';
import { percent, points, range } from '../format/numbers';
import { metricName } from '../format/words';
import { isOver } from '../live/events';
import { Explain, Explained } from '../reading/Explain';
import { ExplainMetrics } from '../reading/ExplainMetrics';
import { ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { gainOfAdaptation } from './adaptation';
import { memoryOfTask } from './memory';
import { RunAnother } from './RunAnother';
import { StateBadge } from './State';

const LOOK_MILLIS = 4000;

/** The same weights on the same puzzles, run otherwise: the number of steps, say, and nothing else differs. */
export function Variants({ evaluation }: { readonly evaluation: Run }) {
  const { value: variants, problem, reload } = useResource<readonly Run[]>(api.variants(evaluation.id));
  const underWay = variants?.some((variant) => !isOver(variant)) ?? false;
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(reload, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [underWay, reload]);
  const memory = variants ? memoryOfTask(evaluation, variants) : null;
  const gain = variants ? gainOfAdaptation(evaluation, variants) : [];
  return (
    <section class="card variants" aria-labelledby="variants">
      <header class="card-head">
        <Explained term="protocol">
          <h2 id="variants">Other protocols of this checkpoint</h2>
        </Explained>
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {variants?.length === 0 && <p class="nothing">It was run by this protocol only.</p>}
      {memory && <p class="memory">{memory}</p>}
      {gain.map((sentence) => (
        <p key={sentence} class="memory" data-adaptation>
          {sentence}
        </p>
      ))}
      {variants && variants.length > 0 && <VariantTable evaluation={evaluation} variants={variants} />}
      <RunAnother evaluation={evaluation} />
    </section>
  );
}

interface TableProps {
  readonly evaluation: Run;
  readonly variants: readonly Run[];
}

function VariantTable({ evaluation, variants }: TableProps) {
  const metric = evaluation.mainMetric;
  return (
    <ScrollRoom label="Table of other protocols">
      <table class="board">
        <thead>
          <tr>
            <th scope="col">
              Protocol
              <Explain term="protocol" />
            </th>
            <th scope="col" class="num">
              {metricName(metric)}
              <ExplainMetrics metrics={[metric]} />
            </th>
            <th scope="col" class="num">
              95% interval
              <Explain term="interval" />
            </th>
            <th scope="col" class="num">
              Difference to this one
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {variants.map((variant) => (
            <VariantRow key={variant.id} evaluation={evaluation} variant={variant} />
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}

function VariantRow({ evaluation, variant }: { readonly evaluation: Run; readonly variant: Run }) {
  const metric = evaluation.mainMetric;
  const score = variant.scores[metric];
  const own = evaluation.scores[metric];
  const interval = variant.intervals[metric];
  return (
    <tr data-evaluation={variant.id}>
      <th scope="row">
        <a href={to.evaluation(variant.id)}>
          <ProtocolLabel protocol={variant.protocol} />
        </a>
        {variant.protocol.key === evaluation.protocol.key && <span class="sub">the same protocol, other settings</span>}
      </th>
      <td class="num">{score === undefined ? '–' : percent(score)}</td>
      <td class="num">{interval ? range(interval.low, interval.high) : '–'}</td>
      <td class="num">{score === undefined || own === undefined ? '–' : points(score - own)}</td>
      <td>
        <StateBadge state={variant.state} />
      </td>
    </tr>
  );
}
