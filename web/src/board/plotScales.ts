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

/** As many as fit: the roundest of 1, 2, 3 … 9 in every power of ten, or of a short range every second or third. */
function roundOnes(ticks: readonly number[], most: number): readonly number[] {
  if (ticks.length <= most) return ticks;
  const lead = (tick: number) => Number((tick / 10 ** Math.floor(Math.log10(tick) + 1e-9)).toPrecision(6));
  if (ticks.every((tick) => Number.isInteger(lead(tick)))) {
    for (const leads of [[1, 2, 5], [1, 3], [1]]) {
      const some = ticks.filter((tick) => leads.includes(lead(tick)));
      if (some.length > 1 && some.length <= most) return some;
    }
  }
  const powers = ticks.filter((tick) => lead(tick) === 1);
  const regular = powers.length > most ? powers : ticks;
  const step = Math.ceil(regular.length / most);
  return regular.filter((_, index) => index % step === 0);
}
