import type { Kind } from '../api/types';
import { metricMeaning, metricName } from '../format/words';
import { Explain } from './Explain';

/** The (?) of a column of scores: what a metric is, and what those of this table count. @param kind as of {@link metricName} */
export function ExplainMetrics({ metrics, kind }: { readonly metrics: readonly string[]; readonly kind?: Kind }) {
  return (
    <Explain term="metric">
      <dl class="explain-metrics">
        {metrics.map((metric) => (
          <div key={metric}>
            <dt>{metricName(metric, kind)}</dt>
            <dd>{metricMeaning(metric, kind)}</dd>
          </div>
        ))}
      </dl>
    </Explain>
  );
}
