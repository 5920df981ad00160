import { describe, expect, it } from 'vitest';
import { entry, leaderboard, published } from '../testing/samples';
import { shown } from './shown';
import { type BoardView, readView, WHOLE_BOARD, writeView } from './view';

describe('the address of a view', () => {
  const views: readonly BoardView[] = [
    WHOLE_BOARD,
    {
      sorting: { key: 'rank', descending: true },
      filter: '',
      published: true,
      answers: true,
      columns: null,
      axis: 'core',
      split: 'semi-private',
      without: 'b/c',
      protocol: null,
    },
    {
      sorting: { key: 'score:pass@2', descending: true },
      filter: 'a b&c=ü%+ ',
      published: false,
      answers: false,
      columns: ['cost', 'score:pass@5'],
      axis: 'compute',
      split: null,
      without: null,
      protocol: null,
    },
    {
      sorting: { key: 'score:pass@2', descending: false },
      filter: '-x',
      published: true,
      answers: true,
      columns: null,
      axis: 'total',
      split: 'public',
      without: null,
      protocol: '8-steps.bfloat16.early',
    },
    {
      sorting: { key: 'finished', descending: true },
      filter: '',
      published: false,
      answers: false,
      columns: ['cost', 'score:pass@5'],
      axis: null,
      split: null,
      without: 'arc-agi-2',
      protocol: '16-steps.float32',
    },
  ];

  it.each(views)('keeps %o', (view) => {
    expect(readView(writeView(view))).toEqual(view);
  });

  it('is short for the whole board', () => {
    expect(writeView(WHOLE_BOARD)).toBe('');
  });

  it('with parts that mean nothing shows the board as it would without them', () => {
    expect(readView('?sort=colour&x=price&split=secret&published=no&without=&protocol=')).toEqual(WHOLE_BOARD);
    expect(readView('?sort=score:')).toEqual(WHOLE_BOARD);
    expect(readView('?sort=-')).toEqual(WHOLE_BOARD);
  });
});

describe('what a view shows', () => {
  const board = leaderboard({
    entries: [
      entry({
        rank: 1,
        model: 'Tiny-Att',
        evaluation: 'e1',
        fileName: 'step_10',
        score: 0.9,
        computeMillis: 900,
        checkpoint: 'aa'.repeat(32),
      }),
      entry({
        rank: 2,
        model: 'tiny-mlp',
        evaluation: 'e2',
        fileName: 'step_20',
        score: 0.5,
        computeMillis: 100,
        checkpoint: 'bc'.repeat(32),
      }),
      entry({ rank: 3, model: 'hrm', evaluation: 'e3', fileName: 'step_20', score: 0.2, computeMillis: 500, checkpoint: 'dd'.repeat(32) }),
    ],
    published: [published({ method: 'HRM' }), published({ method: 'Tiny', split: 'step_20' })],
  });
  const models = (view: Partial<BoardView>) => shown(board, { ...WHOLE_BOARD, ...view }).entries.map((e) => e.model);
  const methods = (view: Partial<BoardView>) => shown(board, { ...WHOLE_BOARD, ...view }).published.map((r) => r.method);

  it('has all words of the filter, in any case and order', () => {
    expect(models({ filter: 'TINY' })).toEqual(['Tiny-Att', 'tiny-mlp']);
    expect(models({ filter: ' step_20  tiny ' })).toEqual(['tiny-mlp']);
    expect(methods({ filter: 'step_20 tiny' })).toEqual(['Tiny']);
    expect(models({ filter: 'nothing like it' })).toEqual([]);
  });

  it('is found by the digest of a checkpoint', () => {
    expect(models({ filter: 'bcbcbc' })).toEqual(['tiny-mlp']);
  });

  it('never matches across two fields', () => {
    expect(models({ filter: 'hrmtrm' })).toEqual([]);
  });

  it('stands in the order of the view', () => {
    expect(models({ sorting: { key: 'compute', descending: false } })).toEqual(['tiny-mlp', 'hrm', 'Tiny-Att']);
    expect(models({ filter: 'tiny', sorting: { key: 'rank', descending: true } })).toEqual(['tiny-mlp', 'Tiny-Att']);
  });

  it('leaves published results out when they are hidden', () => {
    expect(methods({})).toEqual(['HRM', 'Tiny']);
    expect(methods({ published: false })).toEqual([]);
  });
});
