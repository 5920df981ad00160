import { describe, expect, it } from 'vitest';
import { encoded } from '../testing/samples';
import { boxSize, compare, decode } from './cells';
import { crosses, lines, squares } from './drawing';
import { found } from './GridFigure';
import { pixels } from './Thumbnail';
import { ARC_COLOURS, cellText, sudokuDigit } from './tokens';

const grid = (...rows: number[][]) => decode(encoded(rows));

describe('a grid', () => {
  it('is read row by row, every byte value included', () => {
    const { rows, columns, cells } = decode(
      encoded([
        [0, 127, 128],
        [200, 254, 255],
      ]),
    );
    expect([rows, columns]).toEqual([2, 3]);
    expect([...cells]).toEqual([0, 127, 128, 200, 254, 255]);
  });

  it('whose bytes do not fill its size is refused with both numbers', () => {
    expect(() => decode({ rows: 2, columns: 2, cells: btoa('abc') })).toThrow('a grid of 2×2 needs 4 cells, not 3');
  });
});

describe('wrong cells', () => {
  it('are those that differ', () => {
    const { wrong, missing, sameSize } = compare(grid([1, 2], [3, 4]), grid([1, 9], [3, 9]));
    expect([...wrong]).toEqual([1, 3]);
    expect([missing, sameSize]).toEqual([0, true]);
  });

  it('are also those that stick out of the expected grid', () => {
    const comparison = compare(grid([1, 2, 7], [3, 4, 7]), grid([1, 2], [3, 4]));
    expect([...comparison.wrong]).toEqual([2, 5]);
    expect(found(comparison, grid([1, 2], [3, 4])).words).toBe('wrong size, expected 2×2');
  });

  it('cannot mark what is missing, so it is counted', () => {
    const { wrong, missing } = compare(grid([1]), grid([1, 2], [3, 4]));
    expect(wrong.size).toBe(0);
    expect(missing).toBe(3);
  });

  it('of an equal grid are none', () => {
    const comparison = compare(grid([5, 6]), grid([5, 6]));
    expect(found(comparison, grid([5, 6]))).toEqual({ wrong: false, words: 'all right' });
  });
});

describe('Sudoku', () => {
  it.each([
    [4, 2, 2],
    [6, 2, 3],
    [9, 3, 3],
    [16, 4, 4],
    [12, 3, 4],
    [1, 1, 1],
    [5, 1, 5],
  ])('of side %i has boxes of %i×%i', (n, rows, columns) => expect(boxSize(n)).toEqual({ rows, columns }));

  it('tokens are the digit plus one, and one is a blank', () => {
    expect([0, 1, 2, 10, 17].map(sudokuDigit)).toEqual([null, null, 1, 9, 16]);
    expect(cellText('sudoku', 1)).toBe('blank');
  });
});

describe('drawing', () => {
  it('joins the cells of a colour into one path', () => {
    expect(squares(grid([1, 0], [0, 1]), (cell) => cell === 1)).toBe('M0 0h1v1h-1zM1 1h1v1h-1z');
  });

  it('crosses a marked cell', () => {
    expect(crosses(grid([0, 0], [0, 0]), new Set([3]), 0.25)).toBe('M1.25 1.25L1.75 1.75M1.75 1.25L1.25 1.75');
  });

  it('rules a 4×4 Sudoku into four boxes', () => {
    expect(lines(4, 4, 2, 2)).toBe('M0 2H4M2 0V4');
  });

  it('gives a thumbnail ARC’s own colours', () => {
    expect(ARC_COLOURS).toHaveLength(10);
    expect([...pixels(grid([0, 2]), 'arc')]).toEqual([0, 0, 0, 255, 0xff, 0x41, 0x36, 255]);
  });

  it('gives every Sudoku digit another thumbnail colour', () => {
    const rgba = pixels(grid([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 'sudoku');
    const colours = new Set(Array.from({ length: 10 }, (_, i) => rgba.slice(i * 4, i * 4 + 3).join()));
    expect(colours.size).toBe(10);
  });
});
