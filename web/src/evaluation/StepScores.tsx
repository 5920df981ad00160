import { useMemo, useState } from 'preact/hooks';
import type { ScoresByStep } from '../api/types';
import { count, percent, plural, range } from '../format/numbers';
import { metricName, orderedMetrics } from '../format/words';
import { Explain, Explained } from '../reading/Explain';
import { ExplainMetrics } from '../reading/ExplainMetrics';
import { ScrollRoom } from '../shell/Scrolling';
import { useWidth } from '../shell/useWidth';
import { curveOf, gained, MARGIN } from './stepCurve';

const HEIGHT = 240;

interface StepScoresProps {
  readonly byStep: ScoresByStep;
  /** The step that the tasks are looked at after; null for none. */
  readonly cursor: number | null;
}

/** What recursion bought: the score that there would be, had every example stopped after a step. */
export function StepScores({ byStep, cursor }: StepScoresProps) {
  // Evaluations of before steps were followed have none: that is no fault to speak of.
  if (byStep.steps.length === 0) return null;
  return (
    <section class="card step-scores" aria-labelledby="by-step">
      <header class="card-head">
        <Explained term="improvement step">
          <h2 id="by-step">Score by improvement step</h2>
        </Explained>
        <p class="facts">
          <span>{metricName(byStep.metric)}, with its 95% interval</span>
        </p>
      </header>
      <StepCurve byStep={byStep} cursor={cursor} />
      <StepTable byStep={byStep} />
    </section>
  );
}

function StepCurve({ byStep, cursor }: StepScoresProps) {
  const { room, width } = useWidth();
  const [said, onSay] = useState<string | null>(null);
  const curve = useMemo(() => curveOf(byStep, width, HEIGHT), [byStep, width]);
  const bottom = HEIGHT - MARGIN.bottom;
  const now = curve.points.find(({ step }) => step === cursor);
  return (
    <figure class="step-curve">
      <div class="step-curve-room" ref={room}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset */}
        <svg
          class="plot-drawing"
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="group"
          aria-label={`${metricName(byStep.metric)} after each improvement step, ${plural(curve.points.length, 'point')}`}
        >
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: lines and numbers of a drawing take no focus */}
          <g class="plot-frame" aria-hidden="true">
            {curve.yTicks.map(({ score, y }) => (
              <g key={score}>
                <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y} y2={y} />
                <text class="plot-y" x={MARGIN.left - 8} y={y}>
                  {`${Number((100 * score).toFixed(2))}%`}
                </text>
              </g>
            ))}
            {curve.xTicks.map(({ step, x }) => (
              <text key={step} class="plot-x" x={x} y={bottom + 17}>
                {step}
              </text>
            ))}
            <text class="plot-x plot-axis" x={(MARGIN.left + width - MARGIN.right) / 2} y={HEIGHT - 5}>
              Improvement step
            </text>
          </g>
          <path class="step-band" d={curve.band} />
          <path class="step-line" d={curve.line} />
          {now && <path class="step-cursor" data-step={now.step} d={`M${now.x} ${MARGIN.top}V${bottom}`} />}
          {now && <circle class="step-cursor" cx={now.x} cy={now.y} r="7" />}
          {curve.points.map((point) => (
            // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes the focus to be read, there is nothing to press
            <g
              key={point.step}
              class="plot-point step-point"
              tabindex={0}
              role="img"
              aria-label={point.label}
              data-step={point.step}
              onFocus={() => onSay(point.label)}
              onBlur={() => onSay(null)}
              onMouseEnter={() => onSay(point.label)}
              onMouseLeave={() => onSay(null)}
            >
              <circle class="plot-reach" cx={point.x} cy={point.y} r="11" />
              <circle class="plot-run" cx={point.x} cy={point.y} r="3.5" />
            </g>
          ))}
        </svg>
      </div>
      <figcaption class="plot-said">
        {/* A focused point is read by its own name; this is for the eye. */}
        {said ? <span aria-hidden="true">{said}</span> : gained(byStep)}
      </figcaption>
    </figure>
  );
}

function StepTable({ byStep }: { readonly byStep: ScoresByStep }) {
  const { metric, steps } = byStep;
  const metrics = orderedMetrics([...new Set(steps.flatMap((step) => Object.keys(step.scores)))], metric);
  return (
    <details class="as-table">
      <summary>as table</summary>
      <ScrollRoom label="Scores after each improvement step">
        <table class="board">
          <thead>
            <tr>
              <th scope="col" class="num">
                Step
              </th>
              {metrics.map((name) => (
                <th key={name} scope="col" class="num">
                  {metricName(name)}
                  {name === metric && <ExplainMetrics metrics={metrics} />}
                </th>
              ))}
              <th scope="col" class="num">
                95% interval
                <Explain term="interval" />
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.step}>
                <th scope="row" class="num">
                  {count(step.step)}
                </th>
                {metrics.map((name) => (
                  <td key={name} class="num">
                    {percent(step.scores[name] ?? NaN)}
                  </td>
                ))}
                <td class="num">{range(step.interval.low, step.interval.high)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRoom>
    </details>
  );
}
