import { describe, expect, it } from 'vitest';
import { parameterCount } from './parameters';
import { paretoFront } from './pareto';

const at = (x: number, score: number) => ({ x, score });

describe('the Pareto front', () => {
  it('keeps what nothing cheaper reaches, cheapest first', () => {
    expect(paretoFront([at(30, 0.9), at(10, 0.5), at(20, 0.4), at(40, 0.8)])).toEqual([at(10, 0.5), at(30, 0.9)]);
  });

  it('drops the dearer of two with the same score, and the worse of two that cost the same', () => {
    expect(paretoFront([at(20, 0.5), at(10, 0.5)])).toEqual([at(10, 0.5)]);
    expect(paretoFront([at(10, 0.4), at(10, 0.5)])).toEqual([at(10, 0.5)]);
  });

  it('keeps both of two that are equal in both', () => {
    expect(paretoFront([at(10, 0.5), at(10, 0.5)])).toHaveLength(2);
  });

  it('is every point that no other point dominates', () => {
    const seed = 20261125;
    let state = seed;
    const next = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 200; round++) {
      const points = Array.from({ length: 1 + next(12) }, () => at(1 + next(6), next(6) / 5));
      const dominated = (p: { x: number; score: number }) =>
        points.some((o) => o.x <= p.x && o.score >= p.score && (o.x < p.x || o.score > p.score));
      const expected = new Set(points.filter((p) => !dominated(p)));
      expect(new Set(paretoFront(points)), `seed ${seed}, round ${round}: ${JSON.stringify(points)}`).toEqual(expected);
      expect(paretoFront(points)).toHaveLength(expected.size);
    }
  });

  it('of nothing is nothing', () => {
    expect(paretoFront([])).toEqual([]);
  });
});

describe('a published number of parameters', () => {
  it.each([
    ['27M', 27_000_000],
    ['1.7T', 1_700_000_000_000],
    ['671B', 671_000_000_000],
    ['~6.8 m', 6_800_000],
    ['500', 500],
  ])('%s is %d', (text, expected) => {
    expect(parameterCount(text)).toBe(expected);
  });

  it.each(['5M on Sudoku, 19M elsewhere', '', '-3M', '3X', 'M'])('%j is none', (text) => {
    expect(parameterCount(text)).toBeNull();
  });

  it('that is missing is none', () => {
    expect(parameterCount(null)).toBeNull();
  });
});
