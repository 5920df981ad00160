import { describe, expect, it } from 'vitest';
import { haltProbability, meanSteps, saving } from './halting';
import { atLeast, dollars, percent, plural, points, short } from './numbers';
import { ago, duration, seconds } from './time';
import { isOfExamples, metricMeaning, metricName, orderedMetrics } from './words';

describe('percent', () => {
  it.each([
    [1, '100.00%'],
    [0, '0.00%'],
    [0.874, '87.40%'],
    [0.99999, '99.99%'],
    [0.00001, '<0.01%'],
    [NaN, '–'],
  ])('of %f is %s', (share, text) => expect(percent(share)).toBe(text));
});

describe('dollars', () => {
  it.each([
    [0, '$0'],
    [0.00001234, '$0.0000123'],
    [0.0000001234, '$1.2e-7'],
    [0.4567, '$0.457'],
    [17, '$17'],
    [1234.5, '$1,230'],
  ])('%d is %s', (n, text) => expect(dollars(n)).toBe(text));
});

describe('short numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1.00 k'],
    [26_112, '26.1 k'],
    [999_600, '1.00 M'],
    [6_828_034, '6.83 M'],
    [448_000_000, '448 M'],
    [2_100_000_000, '2.10 G'],
    [1_700_000_000_000, '1.70 T'],
  ])('%i is %s', (n, text) => expect(short(n)).toBe(text));

  it('count one thing and many', () => {
    expect([plural(1, 'task'), plural(0, 'task'), plural(1234, 'task')]).toEqual(['1 task', '0 tasks', '1,234 tasks']);
  });
});

describe('time', () => {
  it('of computing stays in seconds', () => {
    expect([seconds(40), seconds(12_345), seconds(7_200_000)]).toEqual(['0.0 s', '12.3 s', '7,200.0 s']);
  });

  it('a duration has its two largest units', () => {
    expect([0, 59_400, 60_000, 3_725_000, 200_000_000].map(duration)).toEqual(['0 s', '59 s', '1 min 0 s', '1 h 2 min', '2 d 7 h']);
  });

  const now = Date.parse('2026-03-10T12:00:00Z');
  it.each([
    ['2026-03-10T12:00:07Z', 'just now'],
    ['2026-03-10T11:59:00Z', '1 min ago'],
    ['2026-03-10T09:00:00Z', '3 hr ago'],
    ['2026-03-09T12:00:00Z', 'yesterday'],
    ['2026-02-01T12:00:00Z', '1 Feb 2026'],
    ['never', '–'],
  ])('%s is %s', (time, text) => expect(ago(time, now)).toBe(text));
});

describe('metrics', () => {
  it('stand in the order people ask for them', () => {
    const names = ['accuracy', 'strict', 'pass@1000', 'pass@10', 'kaggle', 'pass@1', 'arc_prize', 'pass@2'];
    const wanted = ['pass@2', 'pass@1', 'pass@10', 'pass@1000', 'arc_prize', 'kaggle', 'strict', 'accuracy'];
    expect(orderedMetrics(names, 'pass@2')).toEqual(wanted);
  });

  it('have a name and a meaning, unknown ones their own', () => {
    expect([metricName('exact_accuracy'), metricName('novel')]).toEqual(['Solved', 'novel']);
    expect(metricMeaning('pass@5')).toBe('Solved by one of the first 5 candidates');
  });

  it('of ARC that are about examples have words of their own', () => {
    expect([metricName('exact_accuracy', 'arc'), metricName('exact_accuracy', 'maze')]).toEqual(['Examples solved', 'Solved']);
    expect(metricMeaning('accuracy', 'arc')).toContain('before it votes');
    expect([isOfExamples('accuracy', 'arc'), isOfExamples('accuracy', 'maze'), isOfExamples('strict', 'arc')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('are never more than there is where they are said to be at least so much', () => {
    expect([0.25, 0.29, 0.255_599, 1 / 12, 0.99999, 1, 0].map(atLeast)).toEqual([
      '25.00%',
      '29.00%',
      '25.55%',
      '8.33%',
      '99.99%',
      '100.00%',
      '0.00%',
    ]);
  });
});

describe('a difference of two scores', () => {
  it.each([
    [0.032, '+3.20 points'],
    [-0.1, '−10.00 points'],
    [0, '±0.00 points'],
    [-0.000001, '±0.00 points'],
  ])('of %f is %s', (difference, text) => expect(points(difference)).toBe(text));
});

describe('early halting', () => {
  it('is said as steps in the mean, three digits that matter', () => {
    expect([1, 9.99, 12.345, 128].map(meanSteps)).toEqual(['1.00', '9.99', '12.3', '128']);
  });

  it('saves the share of the steps that were not taken', () => {
    expect(saving(4, 16)).toBe('75.00%');
    expect(saving(16, 16)).toBeNull();
  });

  it('happens from a logit of 0, a probability of one half', () => {
    expect(haltProbability(0)).toBe(0.5);
    expect(haltProbability(Math.log(3))).toBeCloseTo(0.75);
    expect(haltProbability(-1000)).toBe(0);
  });
});
