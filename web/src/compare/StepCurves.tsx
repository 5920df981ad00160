import { useMemo } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, ScoresByStep } from '../api/types';
import { isRun } from '../evaluation/run';
import { curvesOf, MARGIN } from '../evaluation/stepCurve';
import { count, percent } from '../format/numbers';
import { metricName } from '../format/words';
import { Explained } from '../reading/Explain';
import { Name } from '../shell/Name';
import { ScrollRoom } from '../shell/Scrolling';
import { useWidth } from '../shell/useWidth';
import { letter, namesOf } from './names';

const HEIGHT = 260;

interface Recursion {
  /** Among the evaluations. */
  readonly place: number;
  readonly byStep: ScoresByStep;
}

/** What recursion bought each of them, on the same axes; answers of other systems have no steps. */
export function StepCurves({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  const path = (place: number) => {
    const evaluation = evaluations[place];
    return evaluation && isRun(evaluation) ? api.steps(evaluation.id) : null;
  };
  const read = [
    useResource<ScoresByStep>(path(0)).value,
    useResource<ScoresByStep>(path(1)).value,
    useResource<ScoresByStep>(path(2)).value,
    useResource<ScoresByStep>(path(3)).value,
    useResource<ScoresByStep>(path(4)).value,
    useResource<ScoresByStep>(path(5)).value,
  ];
  const recursions = read.flatMap((byStep, place) => (byStep && byStep.steps.length > 0 ? [{ place, byStep }] : []));
  const metric = recursions[0]?.byStep.metric;
  if (metric === undefined) return null;
  return (
    <section class="card step-scores" aria-labelledby="by-step">
      <header class="card-head">
        <Explained term="improvement step">
          <h2 id="by-step">Score by improvement step</h2>
        </Explained>
        <p class="facts">{metricName(metric)}</p>
      </header>
      <Drawn recursions={recursions} metric={metric} />
      <Steps recursions={recursions} names={namesOf(evaluations)} />
    </section>
  );
}

interface DrawnProps {
  readonly recursions: readonly Recursion[];
  readonly metric: string;
}

function Drawn({ recursions, metric }: DrawnProps) {
  const { room, width } = useWidth();
  const curves = useMemo(
    () =>
      curvesOf(
        recursions.map(({ byStep }) => byStep),
        width - 20,
        HEIGHT,
      ),
    [recursions, width],
  );
  return (
    <figure class="step-curve">
      <div class="step-curve-room" ref={room}>
        <svg
          class="plot-drawing"
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={`${metricName(metric)} after each improvement step of ${recursions.map(({ place }) => letter(place)).join(', ')}; the table that follows says the same`}
        >
          <g class="plot-frame">
            {curves.yTicks.map(({ score, y }) => (
              <g key={score}>
                <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y} y2={y} />
                <text class="plot-y" x={MARGIN.left - 8} y={y}>
                  {`${Number((100 * score).toFixed(2))}%`}
                </text>
              </g>
            ))}
            {curves.xTicks.map(({ step, x }) => (
              <text key={step} class="plot-x" x={x} y={HEIGHT - MARGIN.bottom + 17}>
                {step}
              </text>
            ))}
            <text class="plot-x plot-axis" x={(MARGIN.left + width - MARGIN.right) / 2} y={HEIGHT - 5}>
              Improvement step
            </text>
          </g>
          {curves.lines.map(({ line, points }, i) => {
            const place = recursions[i]?.place ?? i;
            const last = points.at(-1);
            return (
              <g key={place} class={`series-line series-${place}`}>
                <path d={line} />
                {last && (
                  <text x={last.x + 6 + 10 * (i % 2)} y={last.y + 4}>
                    {letter(place)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
    </figure>
  );
}

function Steps({ recursions, names }: { readonly recursions: readonly Recursion[]; readonly names: readonly string[] }) {
  const numbers = [...new Set(recursions.flatMap(({ byStep }) => byStep.steps.map(({ step }) => step)))].sort((one, other) => one - other);
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
              {recursions.map(({ place }) => (
                <th key={place} scope="col" class="num">
                  {letter(place)}
                  <span class="sr">
                    , <Name>{names[place] ?? ''}</Name>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbers.map((number) => (
              <tr key={number}>
                <th scope="row" class="num">
                  {count(number)}
                </th>
                {recursions.map(({ place, byStep }) => {
                  const score = byStep.steps.find(({ step }) => step === number)?.scores[byStep.metric];
                  return (
                    <td key={place} class="num">
                      {score === undefined ? '–' : percent(score)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRoom>
    </details>
  );
}
