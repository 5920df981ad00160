import type { EncodedGrid } from '../api/types';

/** A grid ready to draw. cells: row-major, rows·columns bytes. */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly cells: Uint8Array;
}

/** Reads the API's form; a grid whose bytes do not fill its size is an error, never drawn half. */
export function decode(grid: EncodedGrid): Cells {
  const { rows, columns } = grid;
  const bytes = atob(grid.cells);
  if (bytes.length !== rows * columns) {
    throw new RangeError(`a grid of ${rows}×${columns} needs ${rows * columns} cells, not ${bytes.length}`);
  }
  return { rows, columns, cells: Uint8Array.from(bytes, (char) => char.charCodeAt(0)) };
}

export function cellAt(grid: Cells, row: number, column: number): number | undefined {
  if (row < 0 || column < 0 || row >= grid.rows || column >= grid.columns) return undefined;
  return grid.cells[row * grid.columns + column];
}

/** A cell and where it stands. */
export interface Placed {
  readonly cell: number;
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** All cells, row by row. */
export function placed({ cells, columns }: Cells): readonly Placed[] {
  return Array.from(cells, (cell, at) => ({ cell, at, row: Math.floor(at / columns), column: at % columns }));
}

/** 0…n − 1 */
export function upTo(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i);
}

export interface Comparison {
  readonly sameSize: boolean;
  /** Indexes into the predicted grid's cells that differ from the expected ones, or have no counterpart. */
  readonly wrong: ReadonlySet<number>;
  /** Expected cells that the predicted grid is too small to have. */
  readonly missing: number;
}

/** Lays both grids on each other at the upper left corner. */
export function compare(predicted: Cells, expected: Cells): Comparison {
  const wrong = new Set<number>();
  predicted.cells.forEach((cell, i) => {
    const row = Math.floor(i / predicted.columns);
    if (cellAt(expected, row, i % predicted.columns) !== cell) wrong.add(i);
  });
  const shared = Math.min(predicted.rows, expected.rows) * Math.min(predicted.columns, expected.columns);
  return {
    sameSize: predicted.rows === expected.rows && predicted.columns === expected.columns,
    wrong,
    missing: expected.rows * expected.columns - shared,
  };
}

/** Rows and columns of a Sudoku's boxes: as square as n allows, wider than high (n = 4 → 2×2, 6 → 2×3, 9 → 3×3). */
export function boxSize(n: number): { readonly rows: number; readonly columns: number } {
  let rows = Math.floor(Math.sqrt(n));
  while (rows > 1 && n % rows !== 0) rows--;
  return { rows: Math.max(1, rows), columns: Math.max(1, n / Math.max(1, rows)) };
}
