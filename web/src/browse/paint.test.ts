import { describe, expect, it } from 'vitest';
import type { Cells } from '../grid/cells';
import { MAZE } from '../grid/tokens';
import { judge } from './judge';
import { blank, filled, moved, painted, pressed, resized, rulesOf, valueOfKey } from './paint';

const grid = (...rows: readonly (readonly number[])[]): Cells => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  cells: Uint8Array.from(rows.flat()),
});
const { wall, open, start, goal, path } = MAZE;

describe('painting', () => {
  it('changes one cell and leaves the grid of before as it was', () => {
    const before = blank(2, 3, 0);
    const after = painted(before, 4, 7);
    expect([...after.cells]).toEqual([0, 0, 0, 0, 7, 0]);
    expect([...before.cells]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(painted(after, 4, 7)).toBe(after);
    expect(painted(after, 6, 7)).toBe(after);
  });

  it('fills what hangs together by its sides, and nothing else', () => {
    const before = grid([1, 1, 0], [0, 1, 0], [1, 0, 0]);
    expect([...filled(before, 0, 5).cells]).toEqual([5, 5, 0, 0, 5, 0, 1, 0, 0]);
    expect(filled(before, 0, 1)).toBe(before);
  });

  it('keeps what fits into another size, which has bounds', () => {
    const before = grid([1, 2], [3, 4]);
    expect([...resized(before, 3, 1).cells]).toEqual([1, 3, 0]);
    expect([...resized(before, 1, 3).cells]).toEqual([1, 2, 0]);
    expect(resized(before, 99, 0)).toMatchObject({ rows: 30, columns: 1 });
    expect(resized(before, Number.NaN, 2)).toMatchObject({ rows: 1, columns: 2 });
    expect(resized(before, 2, 2)).toBe(before);
  });

  it('stays on the grid when keys move', () => {
    const three = blank(3, 3, 0);
    const walk = (from: number, ...keys: readonly string[]) => keys.reduce((at, key) => moved(three, at, key) ?? -1, from);
    expect(walk(0, 'ArrowUp', 'ArrowLeft')).toBe(0);
    expect(walk(0, 'ArrowDown', 'ArrowRight')).toBe(4);
    expect(walk(8, 'ArrowDown', 'ArrowRight')).toBe(8);
    expect(walk(4, 'Home', 'ArrowUp', 'End')).toBe(2);
    expect(moved(three, 4, 'a')).toBeNull();
  });

  it('leaves the givens of a Sudoku and the walls of a maze', () => {
    const sudoku = rulesOf('sudoku', grid([1, 2, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 5]));
    expect([0, 1, 15].map((at) => sudoku?.free(at))).toEqual([true, false, false]);
    expect(sudoku?.values).toEqual([2, 3, 4, 5, 1]);
    const maze = rulesOf('maze', grid([start, open, wall, goal]));
    expect([0, 1, 2, 3].map((at) => maze?.free(at))).toEqual([false, true, false, false]);
    expect(rulesOf('sequence', blank(2, 2, 0))).toBeNull();
  });

  it('knows the keys of each kind', () => {
    const sudoku = [2, 3, 4, 5, 1];
    expect(valueOfKey('sudoku', sudoku, '4')).toBe(5);
    expect(valueOfKey('sudoku', sudoku, '9')).toBeNull();
    expect(valueOfKey('sudoku', sudoku, '0')).toBe(1);
    expect(valueOfKey('sudoku', sudoku, 'Backspace')).toBe(1);
    expect(valueOfKey('arc', [], '0')).toBe(0);
    expect(valueOfKey('arc', [], 'x')).toBeNull();
    expect(valueOfKey('maze', [path, open], 'Delete')).toBe(open);
    expect(valueOfKey('maze', [path, open], '3')).toBeNull();
  });

  it('takes away what is pressed again, except on ARC', () => {
    const maze = grid([start, path, open, goal]);
    const rules = rulesOf('maze', grid([start, open, open, goal]));
    if (!rules) throw new Error('a maze has rules');
    expect(pressed('maze', rules, maze, 1, path)).toBe(open);
    expect(pressed('maze', rules, maze, 2, path)).toBe(path);
    expect(pressed('arc', rules, grid([3]), 0, 3)).toBe(3);
  });
});

describe('checking', () => {
  it('counts wrong cells, and says nothing of where a wrong size goes wrong', () => {
    const solution = grid([1, 2], [3, 4]);
    expect(judge('arc', solution, solution, null)).toMatchObject({ right: true, words: 'Right.' });
    const wrong = judge('arc', grid([1, 0], [0, 4]), solution, null);
    expect(wrong).toMatchObject({ right: false, words: '2 cells are wrong.' });
    expect([...wrong.wrong]).toEqual([1, 2]);
    expect(judge('arc', grid([1, 0], [3, 4]), solution, null).words).toBe('1 cell is wrong.');
    const size = judge('arc', blank(3, 2, 0), solution, null);
    expect(size).toMatchObject({ right: false, words: 'The size is wrong: it is not 3×2.' });
    expect(size.wrong.size).toBe(0);
  });

  it('leaves out cells that do not count', () => {
    expect(judge('sequence', grid([1, 9]), grid([1, 0]), 0).right).toBe(true);
    expect(judge('sequence', grid([1, 9]), grid([1, 0]), null).right).toBe(false);
  });

  it('takes another path as short as the set’s, and no other', () => {
    const solution = grid([start, path, wall], [open, path, goal], [open, open, open]);
    const other = grid([start, open, wall], [path, path, goal], [open, open, open]);
    expect(judge('maze', other, solution, null)).toMatchObject({ right: true });
    expect(judge('maze', other, solution, null).words).toContain('another solution');
    const longer = grid([start, open, wall], [path, open, goal], [path, path, path]);
    expect(judge('maze', longer, solution, null).right).toBe(false);
    const broken = grid([start, open, wall], [path, open, goal], [open, open, path]);
    expect(judge('maze', broken, solution, null).right).toBe(false);
  });

  it('takes a Sudoku that keeps the rules another way', () => {
    const square = (...rows: readonly (readonly number[])[]) => grid(...rows.map((row) => row.map((digit) => digit + 1)));
    const solution = square([1, 2, 3, 4], [3, 4, 1, 2], [2, 1, 4, 3], [4, 3, 2, 1]);
    const other = square([1, 2, 4, 3], [4, 3, 1, 2], [2, 1, 3, 4], [3, 4, 2, 1]);
    expect(judge('sudoku', other, solution, null).words).toContain('another solution');
    expect(judge('sudoku', painted(solution, 0, 3), solution, null)).toMatchObject({ right: false, words: '1 cell is wrong.' });
    expect(judge('sudoku', painted(solution, 0, 1), solution, null).right).toBe(false);
  });
});
