import { describe, expect, it } from 'vitest';
import { type Axis, COST_FIRST, SIZE_FIRST, tellingAxis } from './axes';
import { addressOf } from './sources';
import { splitOf } from './splits';

const knowing =
  (values: Partial<Record<Axis, readonly number[]>>) =>
  (axis: Axis): readonly number[] =>
    values[axis] ?? [];

describe('the axis of a plot that nobody chose one for', () => {
  it('is the first of the order', () => {
    const all = knowing({ cost: [1, 2], core: [1, 2], compute: [1, 2], total: [1, 2] });
    expect(tellingAxis(COST_FIRST, all)).toBe('cost');
    expect(tellingAxis(SIZE_FIRST, all)).toBe('core');
  });

  it('is another where all stands on one vertical, or nothing has a place', () => {
    expect(tellingAxis(COST_FIRST, knowing({ cost: [3, 3, 3], core: [7, 27] }))).toBe('core');
    expect(tellingAxis(COST_FIRST, knowing({ core: [7, 7], compute: [1, 2] }))).toBe('compute');
  });

  it('is one that anything stands on where none tells points apart, and the first where nothing does', () => {
    expect(tellingAxis(COST_FIRST, knowing({ core: [7, 7] }))).toBe('core');
    expect(tellingAxis(COST_FIRST, knowing({}))).toBe('cost');
  });
});

it.each([
  ['arXiv 2510.04871, tables 4 and 5', 'https://arxiv.org/abs/2510.04871'],
  ['ARC Prize', 'https://arcprize.org/leaderboard'],
  ['see https://example.org/a?b=c, table 2', 'https://example.org/a?b=c'],
  ['javascript:alert(1)', null],
  ['http://example.org', null],
  ['a talk', null],
])('the source %j is looked up at %j', (source, address) => {
  expect(addressOf(source)).toBe(address);
});

it.each([
  ['ARC Prize verified, semi-private', 'semi-private'],
  ['v1_Semi_Private', 'semi-private'],
  ['ARC-AGI-1 Semi Private', 'semi-private'],
  ['public evaluation', 'public'],
  ['v1_Public_Eval', 'public'],
  ['test', null],
  [null, null],
])('the split %j is %j', (words, split) => {
  expect(splitOf(words)).toBe(split);
});
