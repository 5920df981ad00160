import { describe, expect, it } from 'vitest';
import { answersEntry, entry, published } from '../testing/samples';
import { frontNames, nameThem, sameFront, shortened } from './names';
import { type PlotOf, plotContent } from './points';
import { scalesFor } from './scales';

const OF: PlotOf = { metric: 'pass@2', taskCount: 100, split: 'public evaluation' };
const ROWS = {
  entries: [
    entry({ evaluation: 'e1', model: 'cheap', score: 0.3, dollarsPerTask: 0.01 }),
    entry({ evaluation: 'e2', model: 'dear', score: 0.4, dollarsPerTask: 0.1 }),
    entry({ evaluation: 'e3', model: 'beaten', score: 0.35, dollarsPerTask: 1 }),
    entry({ evaluation: 'e4', model: 'unpriced', score: 0.9 }),
  ],
  answers: [answersEntry({ evaluation: 'a1', model: 'llm', score: 0.38, dollarsPerTask: 0.05 }), answersEntry({ evaluation: 'a2' })],
  published: [published({ method: 'HRM', score: 0.5, dollarsPerTask: 1.5 }), published({ method: 'Grok', score: 0.8 })],
};
const widthOf = (text: string) => 7 * text.length;

describe('the fronts', () => {
  const content = plotContent(OF, ROWS, 'cost');

  it('are two: of what ran here, and of all that is claimed; what has no cost is on neither', () => {
    expect(content.front.map(({ name }) => name)).toEqual(['cheap', 'dear']);
    expect(content.claimed.map(({ name }) => name)).toEqual(['cheap', 'llm', 'dear', 'HRM']);
    expect(content.points.filter(({ x }) => x === null).map(({ name }) => name)).toEqual(['Grok', 'some-llm', 'unpriced']);
  });

  it('have a name each, which do not lie on each other; a front that is both has one', () => {
    const scales = scalesFor(content.points, 720, 420);
    const { own, claims } = frontNames(content, scales, widthOf);
    expect(own!.text).toBe('best run here');
    expect(claims!.text).toBe('best of all claims');
    expect(Math.abs(own!.y - claims!.y)).toBeGreaterThanOrEqual(14);
    const runs = plotContent(OF, { ...ROWS, answers: [], published: [] }, 'cost');
    expect(sameFront(runs)).toBe(true);
    expect(frontNames(runs, scalesFor(runs.points, 720, 420), widthOf)).toMatchObject({
      own: { text: 'best run here, and of all claims' },
      claims: null,
    });
  });

  it('of equal heights have names below each other', () => {
    const near = plotContent(OF, { ...ROWS, answers: [], published: [published({ score: 0.401, dollarsPerTask: 0.2 })] }, 'cost');
    const { own, claims } = frontNames(near, scalesFor(near.points, 720, 420), widthOf);
    expect(Math.abs(own!.y - claims!.y)).toBeGreaterThanOrEqual(14);
  });
});

describe('the names in the drawing', () => {
  it.each([320, 720, 1300])('are those of runs before those of others, and inside of %d pixels', (width) => {
    const many = {
      ...ROWS,
      published: Array.from({ length: 40 }, (_, i) =>
        published({ method: `Some large language model ${i}`, score: (i % 13) / 20, dollarsPerTask: i % 3 ? 0.01 * (i + 1) : null }),
      ),
    };
    const content = plotContent(OF, many, 'cost');
    const names = nameThem(content, scalesFor(content.points, width, 420), { width, height: 420 }, [], widthOf);
    for (const { place, text } of names.values()) {
      expect(place.x).toBeGreaterThan(50);
      expect(place.x + place.width).toBeLessThan(width);
      expect(widthOf(text)).toBeLessThanOrEqual(190);
    }
    for (const key of ['e1', 'e2']) expect(names.has(key)).toBe(true);
    expect(names.size).toBeGreaterThan(width < 400 ? 6 : 20);
  });

  it('are shortened where they are long', () => {
    expect(shortened('Claude', 100, widthOf)).toBe('Claude');
    expect(shortened('Claude 3.7 (8K on Sudoku)', 80, widthOf)).toBe('Claude 3.7…');
  });
});
