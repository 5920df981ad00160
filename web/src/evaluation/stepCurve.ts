import { scaleLinear } from 'd3-scale';
import type { ScoresByStep } from '../api/types';
import { percent, range } from '../format/numbers';
import { metricName } from '../format/words';

export const MARGIN = { top: 12, right: 18, bottom: 40, left: 50 } as const;
const PER_TICK = 48;

export interface CurvePoint {
  readonly step: number;
  readonly x: number;
  readonly y: number;
  /** Everything that the point shows, in words. */
  readonly label: string;
}

/** Score over improvement steps, in pixels. */
export interface Line {
  readonly points: readonly CurvePoint[];
  readonly line: string;
  /** The 95% interval of every step, as one area. */
  readonly band: string;
}

interface Ticks {
  readonly xTicks: readonly { readonly step: number; readonly x: number }[];
  readonly yTicks: readonly { readonly score: number; readonly y: number }[];
}

export type Curve = Line & Ticks;
/** Several on the same axes. */
export type Curves = Ticks & { readonly lines: readonly Line[] };

const NO_LINE: Line = { points: [], line: '', band: '' };

export function curveOf(byStep: ScoresByStep, width: number, height: number): Curve {
  const { lines, ...ticks } = curvesOf([byStep], width, height);
  return { ...(lines[0] ?? NO_LINE), ...ticks };
}

function scoredSteps({ metric, steps }: ScoresByStep) {
  return steps.flatMap(({ step, scores, interval }) => {
    const score = scores[metric];
    return score === undefined ? [] : [{ step, score, interval }];
  });
}

export function curvesOf(all: readonly ScoresByStep[], width: number, height: number): Curves {
  const scored = all.flatMap(scoredSteps);
  const right = Math.max(MARGIN.left + 1, width - MARGIN.right);
  const numbers = [...new Set(scored.map(({ step }) => step))].sort((one, other) => one - other);
  const first = Math.min(...numbers);
  const last = Math.max(...numbers);
  // A single step stands in the middle.
  const domain = first === last ? [first - 1, last + 1] : [first, last];
  const x = scaleLinear(domain, [MARGIN.left + 8, right]);
  const low = Math.min(...scored.map(({ interval }) => interval.low));
  const high = Math.max(...scored.map(({ interval }) => interval.high));
  const room = Math.max(0.01, (high - low) * 0.05);
  const y = scaleLinear([Math.max(0, low - room), Math.min(1, high + room)], [height - MARGIN.bottom, MARGIN.top]).nice(5);
  const at = (step: number, score: number) => `${x(step)} ${y(score)}`;
  const every = Math.ceil(numbers.length / Math.max(1, Math.floor((right - MARGIN.left) / PER_TICK)));
  const lineOf = (byStep: ScoresByStep): Line => {
    const own = scoredSteps(byStep);
    if (own.length === 0) return NO_LINE;
    const upper = own.map(({ step, interval }) => at(step, interval.high));
    const lower = own.map(({ step, interval }) => at(step, interval.low)).reverse();
    return {
      points: own.map(({ step, score, interval }) => ({
        step,
        x: x(step),
        y: y(score),
        label: `Step ${step}: ${metricName(byStep.metric)} ${percent(score)} (${range(interval.low, interval.high)})`,
      })),
      line: `M${own.map(({ step, score }) => at(step, score)).join('L')}`,
      band: `M${[...upper, ...lower].join('L')}Z`,
    };
  };
  return {
    lines: all.map(lineOf),
    xTicks: numbers.filter((_, index) => index % every === 0).map((step) => ({ step, x: x(step) })),
    yTicks: y.ticks(5).map((score) => ({ score, y: y(score) })),
  };
}

/** What the steps after the first were good for, in a sentence. */
export function gained({ metric, steps }: ScoresByStep): string | null {
  const [first, last] = [steps[0], steps.at(-1)];
  const [before, after] = [first?.scores[metric], last?.scores[metric]];
  if (!first || !last || first === last || before === undefined || after === undefined) return null;
  return `After the first step ${percent(before)} would have been right, after step ${last.step} it is ${percent(after)}.`;
}
