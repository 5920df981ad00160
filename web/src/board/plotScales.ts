import { scaleLinear, scaleLog } from 'd3-scale';
import type { PlotPoint } from './plotPoints';

export const MARGIN = { top: 14, right: 18, bottom: 42, left: 50 } as const;
const PER_TICK = 90;

export interface Scales {
  readonly x: (value: number) => number;
  readonly y: (score: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
}

/** Scales that hold all points and their intervals; x is logarithmic, sizes are in pixels. */
export function scalesFor(points: readonly PlotPoint[], width: number, height: number): Scales {
  const right = Math.max(MARGIN.left + 1, width - MARGIN.right);
  const xs = points.map((point) => point.x);
  // Room beside the outermost points; also makes a range of a single value.
  const x = scaleLog([Math.min(...xs) / 1.6, Math.max(...xs) * 1.6], [MARGIN.left, right]);
  const lows = points.map((point) => point.interval?.low ?? point.score);
  const highs = points.map((point) => point.interval?.high ?? point.score);
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  const room = Math.max(0.01, (high - low) * 0.06);
  const y = scaleLinear([Math.max(0, low - room), Math.min(1, high + room)], [height - MARGIN.bottom, MARGIN.top]).nice(5);
  const most = Math.max(2, Math.floor((right - MARGIN.left) / PER_TICK));
  return { x, y, xTicks: roundOnes(x.ticks(), most), yTicks: y.ticks(5) };
}

/** Of 1, 2, 3 … 9 in every power of ten the roundest ones, as many as fit. */
function roundOnes(ticks: readonly number[], most: number): readonly number[] {
  const lead = (tick: number) => Number(tick.toExponential(0)[0]);
  for (const leads of [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]) {
    const some = ticks.filter((tick) => leads.includes(lead(tick)));
    if (some.length > 0 && some.length <= most) return some;
  }
  const powers = ticks.filter((tick) => lead(tick) === 1);
  const step = Math.ceil((powers.length || ticks.length) / most);
  return (powers.length > 0 ? powers : ticks).filter((_, index) => index % step === 0);
}
