import { describe, expect, it } from 'vitest';
import type { PlotPoint } from './points';
import { MARGIN, scalesFor } from './scales';

const point = (x: number | null, score: number, half = 0): PlotPoint => ({
  key: String(x),
  name: '',
  x,
  score,
  interval: { low: score - half, high: score + half },
  origin: 'published',
  split: null,
  href: null,
  onFront: false,
  label: '',
});
const scales = (points: readonly PlotPoint[], width = 720) => scalesFor(points, width, 300);

describe('the scales of the plot', () => {
  it('hold every point and the whole of its interval', () => {
    const { x, y } = scales([point(1e4, 0.2, 0.1), point(1e12, 0.9, 0.05)], 390);
    expect(x(1e4)).toBeGreaterThan(MARGIN.left);
    expect(x(1e12)).toBeLessThan(390 - MARGIN.right);
    expect(y(0.1)).toBeLessThanOrEqual(300 - MARGIN.bottom);
    expect(y(0.95)).toBeGreaterThanOrEqual(MARGIN.top);
  });

  it('put equal factors at equal distances', () => {
    const { x } = scales([point(10, 0.5), point(1000, 0.5)]);
    expect(x(100) - x(10)).toBeCloseTo(x(1000) - x(100));
  });

  it('have a range for a single point, and never go beyond all and none', () => {
    const one = scales([point(26_000, 1)]);
    expect(one.x(26_000)).toBeCloseTo((MARGIN.left + 720 - MARGIN.right) / 2);
    expect(Math.max(...one.yTicks)).toBe(1);
    expect(Math.min(...scales([point(26_000, 0)]).yTicks)).toBe(0);
  });

  it('keep a rail at the edge for what has no place, where no two marks hide each other', () => {
    const railed = [0.5, 0.51, 0.52, 0.53].map((score) => ({ ...point(null, score), key: `r${score}` }));
    const { at, rail, right, x } = scales([point(10, 0), point(1000, 1), ...railed]);
    expect(x(1000)).toBeLessThan(right);
    expect(right).toBeLessThan(rail!.left);
    const places = railed.map(at);
    places.forEach((place, i) => {
      expect(place.x).toBeGreaterThan(rail!.left);
      expect(place.x).toBeLessThan(rail!.right);
      for (const other of places.slice(i + 1)) expect(Math.hypot(place.x - other.x, place.y - other.y)).toBeGreaterThan(9);
    });
    const alone = scales(railed);
    expect(alone.xTicks).toEqual([]);
    expect(alone.rail!.left).toBe(MARGIN.left);
    expect(scales([point(10, 0.5)]).rail).toBeNull();
  });

  it.each([
    [1e5, 2e12, 720],
    [1e5, 2e12, 390],
    [3e5, 3.1e5, 1300],
    [3e5, 3.1e5, 390],
    [1e4, 9e6, 720],
    [0.004, 0.09, 390],
  ])('from %d to %d at %d pixels have some ticks, at regular steps, with room for their words', (from, to, width) => {
    const { x, xTicks } = scales([point(from, 0.5), point(to, 0.5)], width);
    expect(xTicks.length).toBeGreaterThanOrEqual(2);
    const gaps = xTicks.slice(1).map((tick, index) => x(tick) - x(xTicks[index]!));
    expect(Math.min(...gaps)).toBeGreaterThan(44);
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(2.6);
  });
});
