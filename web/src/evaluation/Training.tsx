import { scaleLinear } from 'd3-scale';
import type { Evaluation } from '../api/types';
import { count } from '../format/numbers';
import { Explained } from '../reading/Explain';
import { Digest } from '../shell/Digest';
import { useWidth } from '../shell/useWidth';

type Shown = NonNullable<Evaluation['training']>;

const HEIGHT = 240;
const MARGIN = { top: 12, right: 18, bottom: 40, left: 50 } as const;

/** How far it is with all weights, in words. */
export function trainingWords({ step, steps, lmLoss, checkpoint }: Shown): string {
  const how = checkpoint === null ? 'adapting, step' : 'all weights were adapted, step';
  return `${how} ${count(step)} of ${count(steps)}${lmLoss === null ? '' : `, loss ${lmLoss.toFixed(2)}`}`;
}

/** All weights are trained on the demonstrations before anything is answered: how far, and what became of the loss. */
export function Training({ training, over }: { readonly training: Shown; readonly over: boolean }) {
  const words = over && training.checkpoint === null ? trainingWords(training).replace('adapting', 'adapted') : trainingWords(training);
  return (
    <section class="card training" aria-labelledby="adaptation">
      <header class="card-head">
        <Explained term="adaptation">
          <h2 id="adaptation">Adaptation</h2>
        </Explained>
        <p class="facts">
          <span data-training-step={training.step}>{words}</span>
          {training.checkpoint && (
            <span>
              to the checkpoint <Digest digest={training.checkpoint} what="the adapted checkpoint" />
            </span>
          )}
        </p>
      </header>
      {training.curve.length > 1 && <LossCurve curve={training.curve} steps={training.steps} />}
    </section>
  );
}

/** One step's examples are few and its loss jumps: each point is the mean of a tenth of the curve around it, of less at its ends. */
export function smoothed(curve: Shown['curve']): Shown['curve'] {
  const reach = Math.floor(curve.length / 20);
  return curve.map(({ step }, at) => {
    const near = curve.slice(Math.max(0, at - reach), at + reach + 1);
    return { step, lmLoss: near.reduce((sum, { lmLoss }) => sum + lmLoss, 0) / near.length };
  });
}

/** The mean of the first or last tenth, of one point at least. */
function meanLoss(curve: Shown['curve']): string {
  return (curve.reduce((sum, { lmLoss }) => sum + lmLoss, 0) / curve.length).toFixed(2);
}

/** The loss of the tokens in each training step, the mean over its slots; of many steps some are drawn. */
function LossCurve({ curve, steps }: { readonly curve: Shown['curve']; readonly steps: number }) {
  const { room, width } = useWidth();
  const x = scaleLinear([1, Math.max(2, steps)], [MARGIN.left + 8, Math.max(MARGIN.left + 9, width - MARGIN.right)]);
  const y = scaleLinear([0, Math.max(...curve.map(({ lmLoss }) => lmLoss))], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const tenth = Math.max(1, Math.floor(curve.length / 10));
  const label = `lm_loss by training step, thick its running mean: ${meanLoss(curve.slice(0, tenth))} in the first tenth, ${meanLoss(curve.slice(-tenth))} in the last`;
  const line = (points: Shown['curve']) => `M${points.map(({ step, lmLoss }) => `${x(step)} ${y(lmLoss)}`).join('L')}`;
  return (
    <figure class="step-curve">
      <div class="step-curve-room" ref={room}>
        <svg class="plot-drawing" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
          <g class="plot-frame">
            {y.ticks(4).map((loss) => (
              <g key={loss}>
                <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(loss)} y2={y(loss)} />
                <text class="plot-y" x={MARGIN.left - 8} y={y(loss)}>
                  {loss}
                </text>
              </g>
            ))}
            {x
              .ticks(Math.max(2, Math.floor(width / 96)))
              .filter(Number.isInteger)
              .map((step) => (
                <text key={step} class="plot-x" x={x(step)} y={HEIGHT - MARGIN.bottom + 17}>
                  {step}
                </text>
              ))}
            <text class="plot-x plot-axis" x={(MARGIN.left + width - MARGIN.right) / 2} y={HEIGHT - 5}>
              Training step
            </text>
          </g>
          <path class="step-line each-loss" d={line(curve)} />
          <path class="step-line" d={line(smoothed(curve))} />
        </svg>
      </div>
      <figcaption class="plot-said">{label}</figcaption>
    </figure>
  );
}
