import type { Kind } from '../api/types';
import { type Cells, upTo } from '../grid/cells';
import { ARC_COLOURS, MAZE, sudokuDigit } from '../grid/tokens';

/** Most rows and columns of an ARC grid. */
export const LONGEST_SIDE = 30;
const SUDOKU_BLANK = 1;

/** What may be done to an answer of one kind. */
export interface Rules {
  /** What a cell may become, in the order of the buttons; the last one takes away what was painted, except on ARC. */
  readonly values: readonly number[];
  /** Whether a cell of the answer may be painted. */
  readonly free: (at: number) => boolean;
  /** Whether the answer may have another size than the input. */
  readonly sized: boolean;
  /** What the answer begins as. */
  readonly start: Cells;
}

/** Null where nobody knows what a token means, and so what one would paint. */
export function rulesOf(kind: Kind, input: Cells): Rules | null {
  switch (kind) {
    case 'arc':
      return { values: upTo(ARC_COLOURS.length), free: () => true, sized: true, start: blank(input.rows, input.columns, 0) };
    case 'sudoku':
      return {
        values: [...upTo(input.columns).map((digit) => digit + SUDOKU_BLANK + 1), SUDOKU_BLANK],
        free: (at) => input.cells[at] === SUDOKU_BLANK,
        sized: false,
        start: input,
      };
    case 'maze':
      return { values: [MAZE.path, MAZE.open], free: (at) => input.cells[at] === MAZE.open, sized: false, start: input };
    default:
      return null;
  }
}

export function blank(rows: number, columns: number, cell: number): Cells {
  return { rows, columns, cells: new Uint8Array(rows * columns).fill(cell) };
}

/** The same grid when nothing changes. */
export function painted(grid: Cells, at: number, value: number): Cells {
  if (at < 0 || at >= grid.cells.length || grid.cells[at] === value) return grid;
  const cells = grid.cells.slice();
  cells[at] = value;
  return { ...grid, cells };
}

/** All cells of the same colour that hang together by their sides. */
export function filled(grid: Cells, at: number, value: number): Cells {
  const old = grid.cells[at];
  if (old === undefined || old === value) return grid;
  const cells = grid.cells.slice();
  const waiting = [at];
  cells[at] = value;
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    for (const near of neighboursOf(grid, here)) {
      if (cells[near] !== old) continue;
      cells[near] = value;
      waiting.push(near);
    }
  }
  return { ...grid, cells };
}

/** Cells that share a side with this one. */
export function neighboursOf({ rows, columns }: Cells, at: number): readonly number[] {
  const [row, column] = [Math.floor(at / columns), at % columns];
  const near: number[] = [];
  if (row > 0) near.push(at - columns);
  if (row < rows - 1) near.push(at + columns);
  if (column > 0) near.push(at - 1);
  if (column < columns - 1) near.push(at + 1);
  return near;
}

/** What fits stays where it is; new cells are black. */
export function resized(grid: Cells, rows: number, columns: number): Cells {
  const [height, width] = [side(rows), side(columns)];
  if (height === grid.rows && width === grid.columns) return grid;
  const sized = blank(height, width, 0);
  for (let row = 0; row < Math.min(height, grid.rows); row++) {
    const from = row * grid.columns;
    sized.cells.set(grid.cells.subarray(from, from + Math.min(width, grid.columns)), row * width);
  }
  return sized;
}

function side(length: number): number {
  return Number.isFinite(length) ? Math.min(LONGEST_SIDE, Math.max(1, Math.trunc(length))) : 1;
}

/** Where an arrow key, Home or End leads from a cell; null for other keys. */
export function moved({ rows, columns }: Cells, at: number, key: string): number | null {
  const [row, column] = [Math.floor(at / columns), at % columns];
  switch (key) {
    case 'ArrowUp':
      return row > 0 ? at - columns : at;
    case 'ArrowDown':
      return row < rows - 1 ? at + columns : at;
    case 'ArrowLeft':
      return column > 0 ? at - 1 : at;
    case 'ArrowRight':
      return column < columns - 1 ? at + 1 : at;
    case 'Home':
      return row * columns;
    case 'End':
      return row * columns + columns - 1;
    default:
      return null;
  }
}

/** What a key of a digit, or one that deletes, paints; null for other keys. */
export function valueOfKey(kind: Kind, values: readonly number[], key: string): number | null {
  if (kind === 'arc') return /^\d$/.test(key) ? Number(key) : null;
  const away = values.at(-1) ?? null;
  if (key === 'Backspace' || key === 'Delete') return away;
  if (kind !== 'sudoku' || !/^\d$/.test(key)) return null;
  return key === '0' ? away : (values.find((value) => sudokuDigit(value) === Number(key)) ?? null);
}

/** What a press on a cell paints: what is there already is taken away again, where there is nothing to paint instead. */
export function pressed(kind: Kind, rules: Rules, grid: Cells, at: number, chosen: number): number {
  return kind !== 'arc' && grid.cells[at] === chosen ? (rules.values.at(-1) ?? chosen) : chosen;
}
