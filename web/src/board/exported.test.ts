import { describe, expect, it } from 'vitest';
import { entry, leaderboard, published } from '../testing/samples';
import { csvCell, toCsv, toJson } from './exported';
import { shown } from './shown';
import { WHOLE_BOARD } from './view';

describe('a cell of a CSV file', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['@SUM(A1,A2)', '"\'@SUM(A1,A2)"'],
    ['-tiny', "'-tiny"],
  ])('of the text %j is %j', (text, expected) => {
    expect(csvCell(text)).toBe(expected);
  });

  it('of a number is the number, a negative one too', () => {
    expect([0, -0.5, 1e-7].map(csvCell)).toEqual(['0', '-0.5', '1e-7']);
  });

  it('of nothing is empty', () => {
    expect([null, undefined].map(csvCell)).toEqual(['', '']);
  });
});

describe('an export', () => {
  const board = leaderboard({
    entries: [
      entry({
        rank: 1,
        model: 'a,1',
        evaluation: 'e1',
        score: 0.9,
        computeMillis: 250,
        dollarsPerTask: 0.002,
        meanSteps: 3.5,
        scores: { exact_accuracy: 0.9, accuracy: 0.95 },
      }),
      entry({ rank: 2, model: 'b', evaluation: 'e2', score: 0.5, interval: null, scores: { exact_accuracy: 0.5 } }),
      entry({ rank: 3, model: 'left out', evaluation: 'e3', score: 0.1 }),
    ],
    published: [published()],
  });
  const view = { ...WHOLE_BOARD, sorting: { key: 'rank', descending: true } } as const;
  const rows = shown({ ...board, entries: board.entries.slice(0, 2) }, view);
  const lines = toCsv(board, rows, ['accuracy']).split('\r\n');
  const column = (name: string) => lines[0]!.split(',').indexOf(name);

  it('has the shown rows in their order, every row as wide as its head', () => {
    expect(lines.slice(1, 4).map((line) => line.split(',')[3])).toEqual(['b', '"a', 'HRM']);
    expect(lines.slice(4)).toEqual(['']);
    const width = lines[0]!.split(',').length;
    expect(lines.slice(1, 4).map((line) => line.replace('"a,1"', 'a').split(',').length)).toEqual([width, width, width]);
  });

  it('says per task what a task cost, and leaves unknown values empty', () => {
    const [b, a, claim] = lines.slice(1, 4).map((line) => line.replace('"a,1"', 'a').split(','));
    expect(a![column('compute_ms_per_task')]).toBe('2.5');
    expect(a![column('dollars_per_task')]).toBe('0.002');
    expect(b![column('dollars_per_task')]).toBe('');
    expect(a![column('accuracy')]).toBe('0.95');
    expect(b![column('accuracy')]).toBe('');
    expect(b![column('interval_low')]).toBe('');
    expect(a![column('protocol')]).toBe('16-steps.bfloat16');
    expect(a![column('mean_steps')]).toBe('3.5');
    expect(claim![column('protocol')]).toBe('');
    expect(claim![column('rank')]).toBe('');
    expect(claim![column('published_parameters')]).toBe('27M');
  });

  it('as JSON has the same rows', () => {
    const read = JSON.parse(toJson(board, rows)) as ReturnType<typeof shown> & { metric: string };
    expect(read.entries.map((e) => e.evaluation)).toEqual(['e2', 'e1']);
    expect(read.entries[1]).toMatchObject({ computeMillisPerTask: 2.5, interval: { low: 0.4, high: 0.6 } });
    expect(read.published).toEqual(board.published);
    expect(read.metric).toBe('exact_accuracy');
  });
});
