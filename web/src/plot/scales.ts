import { scaleLinear, scaleLog } from 'd3-scale';
import type { PlotPoint } from './points';

export const MARGIN = { top: 14, right: 18, bottom: 42, left: 50 } as const;
const PER_TICK = 90;
/** Where most points have no place on the axis they have the room of the most. */
const RAIL = { few: { share: 0.14, most: 120 }, many: { share: 0.42, most: 350 }, least: 46, gap: 10 } as const;
/** So wide that a name fits beside a mark. */
const COLUMN = 150;
/** Marks side by side, and one above the other. */
const MARK = 14;

export interface Scales {
  readonly x: (value: number) => number;
  readonly y: (score: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  /** Where the axis ends. */
  readonly right: number;
  /** Where what has no place on the axis stands, from left to right; null when everything has one. */
  readonly rail: { readonly left: number; readonly right: number } | null;
  /** Middle of a point's mark. */
  readonly at: (point: PlotPoint) => { readonly x: number; readonly y: number };
}

/** Scales that hold all points and their intervals; x is logarithmic, sizes are in pixels. */
export function scalesFor(points: readonly PlotPoint[], width: number, height: number): Scales {
  const edge = Math.max(MARGIN.left + 1, width - MARGIN.right);
  const placed = points.flatMap((point) => (point.x === null ? [] : [point.x]));
  const railed = points.filter((point) => point.x === null);
  const { share, most: widest } = railed.length > placed.length ? RAIL.many : RAIL.few;
  const railWidth = Math.min(widest, Math.max(RAIL.least, share * width));
  const left = placed.length === 0 ? MARGIN.left : edge - railWidth;
  const rail = railed.length === 0 ? null : { left, right: edge };
  const right = rail === null ? edge : Math.max(MARGIN.left + 1, left - RAIL.gap);
  // Room beside the outermost points; also makes a range of a single value.
  const domain = placed.length === 0 ? [1, 10] : [Math.min(...placed) / 1.6, Math.max(...placed) * 1.6];
  const x = scaleLog(domain, [MARGIN.left, right]);
  const lows = points.map((point) => Math.min(point.score, point.interval?.low ?? 1));
  const highs = points.map((point) => Math.max(point.score, point.interval?.high ?? 0));
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  const room = Math.max(0.01, (high - low) * 0.06);
  const y = scaleLinear([Math.max(0, low - room), Math.min(1, high + room)], [height - MARGIN.bottom, MARGIN.top]).nice(5);
  const onRail = rail === null ? new Map<string, number>() : besideEachOther(railed, y, rail.left + MARK / 2, rail.right - MARK / 2);
  const most = Math.max(2, Math.floor((right - MARGIN.left) / PER_TICK));
  return {
    x,
    y,
    xTicks: placed.length === 0 ? [] : roundOnes(x.ticks(), most),
    yTicks: y.ticks(5),
    right,
    rail,
    at: (point) => ({ x: point.x === null ? (onRail.get(point.key) ?? edge) : x(point.x), y: y(point.score) }),
  };
}

/** Marks of nearly one height stand beside each other, from the right, as many as there is room for. */
function besideEachOther(points: readonly PlotPoint[], y: (score: number) => number, left: number, right: number) {
  const apart = right - left > 2 * COLUMN ? COLUMN : MARK;
  const columns = Math.max(1, Math.floor((right - left) / apart) + 1);
  const lowest = Array.from({ length: columns }, () => Number.NEGATIVE_INFINITY);
  const places = new Map<string, number>();
  for (const point of [...points].sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))) {
    const free = lowest.findIndex((last) => y(point.score) - last >= MARK);
    const column = free < 0 ? columns - 1 : free;
    lowest[column] = y(point.score);
    places.set(point.key, right - column * apart);
  }
  return places;
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
