import { describe, expect, it } from 'vitest';
import { entry } from '../testing/samples';
import { ariaSort, BY_RANK, pressed, type SortKey, sorted, tied } from './ranking';

const board = [
  entry({ rank: 1, model: 'b', score: 0.9, computeMillis: 900, finishedAt: '2026-03-01T10:00:00Z', scores: { accuracy: 0.95 } }),
  entry({ rank: 2, model: 'a10', score: 0.5, computeMillis: 100, finishedAt: '2026-03-01T11:00:00Z', scores: {} }),
  entry({ rank: 2, model: 'a9', score: 0.5, computeMillis: 100, finishedAt: '2026-03-01T12:00:00Z', scores: { accuracy: 0.99 } }),
];
const models = (key: SortKey, descending: boolean) => sorted(board, { key, descending }).map((e) => e.model);

describe('sorting a leaderboard', () => {
  it('by rank keeps the board’s order among equals', () => {
    expect(sorted([...board].reverse(), BY_RANK).map((e) => e.model)).toEqual(['b', 'a10', 'a9']);
  });

  it('downwards turns the order, but not that of equals', () => {
    expect(models('compute', false)).toEqual(['a10', 'a9', 'b']);
    expect(models('compute', true)).toEqual(['b', 'a10', 'a9']);
  });

  it('by model reads numbers as numbers', () => {
    expect(models('model', false)).toEqual(['a9', 'a10', 'b']);
  });

  it('by a further metric leaves entries without it below, both ways', () => {
    expect(models('score:accuracy', true)).toEqual(['a9', 'b', 'a10']);
    expect(models('score:accuracy', false)).toEqual(['b', 'a9', 'a10']);
  });

  it('by time knows the newest', () => {
    expect(models('finished', true)[0]).toBe('a9');
  });

  it('leaves the board itself alone', () => {
    const before = [...board];
    models('model', true);
    expect(board).toEqual(before);
  });
});

describe('a column header', () => {
  it('starts with what one looks for: best score, cheapest compute', () => {
    expect(pressed(BY_RANK, 'score')).toEqual({ key: 'score', descending: true });
    expect(pressed(BY_RANK, 'compute')).toEqual({ key: 'compute', descending: false });
  });

  it('turns round when pressed again', () => {
    expect(pressed({ key: 'score', descending: true }, 'score')).toEqual({ key: 'score', descending: false });
  });

  it('says how it sorts, and only the one that does', () => {
    expect(ariaSort(BY_RANK, 'rank')).toBe('ascending');
    expect(ariaSort({ key: 'score', descending: true }, 'score')).toBe('descending');
    expect(ariaSort(BY_RANK, 'model')).toBe('none');
  });
});

it('a shared rank is recognised', () => {
  expect(board.map((e) => tied(board, e))).toEqual([false, true, true]);
});
