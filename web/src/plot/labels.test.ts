import { describe, expect, it } from 'vitest';
import { type Box, crosses, inside, LABEL_HEIGHT, overlap, placeLabels, type Wanted } from './labels';

const BOUNDS: Box = { x: 50, y: 4, width: 900, height: 374 };
const WIDTH = 80;

/** Drawn by a fixed rule: the same everywhere. */
function drawn(seed: number, count: number, bounds: Box): Wanted[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, (_, i) => ({
    key: `p${i}`,
    x: bounds.x + 8 + next() * (bounds.width - 16),
    y: bounds.y + 8 + next() * (bounds.height - 16),
    width: 30 + next() * 100,
  }));
}

describe('the names of forty points', () => {
  it.each([
    [1, BOUNDS],
    [2, BOUNDS],
    [3, BOUNDS],
    [4, { ...BOUNDS, width: 260 }],
    [5, { ...BOUNDS, width: 260 }],
  ])('do not overlap or leave the drawing (draw %d)', (seed, bounds) => {
    const points = drawn(seed, 40, bounds);
    const places = placeLabels(points, points, [], bounds);
    const labels = [...places.values()];
    labels.forEach((label, i) => {
      expect(inside(label, bounds), `label ${i} lies outside`).toBe(true);
      expect(label.height).toBe(LABEL_HEIGHT);
      for (const other of labels.slice(i + 1)) expect(overlap(label, other), `${i} overlaps`).toBe(false);
      for (const { x, y } of points) expect(overlap(label, { x: x - 4, y: y - 4, width: 8, height: 8 }), `${i} hides a mark`).toBe(false);
      for (const { leader } of labels) if (leader) expect(crosses(leader, label), `a line runs through ${i}`).toBe(false);
    });
    // With room for all of them all are named; where there is less, the first still are.
    expect(labels.length).toBeGreaterThan(bounds.width > 500 ? 36 : 15);
    expect(places.has('p0')).toBe(true);
    expect(placeLabels(points, points, [], bounds)).toEqual(places);
  });
});

describe('the name of a point', () => {
  const at = (x: number, y: number, key = 'p', width = WIDTH): Wanted => ({ key, x, y, width });

  it('stands to its right, and at the right edge to its left', () => {
    expect(placeLabels([at(100, 100)], [at(100, 100)], [], BOUNDS).get('p')).toMatchObject({ x: 108, leader: null });
    expect(placeLabels([at(940, 100)], [at(940, 100)], [], BOUNDS).get('p')).toMatchObject({ x: 852, leader: null });
  });

  it('is led to by a line where all beside it is taken', () => {
    const taken = [{ x: 0, y: 82, width: 1000, height: 36 }];
    const place = placeLabels([at(400, 100)], [at(400, 100)], taken, BOUNDS).get('p')!;
    expect(place.leader).not.toBeNull();
    expect(taken.some((box) => overlap(box, place))).toBe(false);
  });

  it('is left to the list where there is no room at all', () => {
    expect(placeLabels([at(100, 100, 'p', 2000)], [at(100, 100)], [], BOUNDS).size).toBe(0);
    const crowd = Array.from({ length: 40 }, (_, i) => at(100, 100, `p${i}`, 200));
    const places = placeLabels(crowd, crowd, [], { x: 50, y: 50, width: 260, height: 100 });
    expect(places.has('p0')).toBe(true);
    expect(places.size).toBeLessThan(12);
  });
});
