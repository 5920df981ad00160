import { type Cells, cellAt } from './cells';

/** A cell in which two grids differ; undefined where one of them has no such cell. */
export interface Differing {
  readonly row: number;
  readonly column: number;
  readonly predicted: number | undefined;
  readonly expected: number | undefined;
}

export interface Difference {
  /** Of both grids laid on each other at the upper left corner. */
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly Differing[];
}

/** Where a prediction and the solution differ, row by row, cells that only one of them has included. */
export function difference(predicted: Cells, expected: Cells): Difference {
  const rows = Math.max(predicted.rows, expected.rows);
  const columns = Math.max(predicted.columns, expected.columns);
  const cells: Differing[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const both = { predicted: cellAt(predicted, row, column), expected: cellAt(expected, row, column) };
      if (both.predicted !== both.expected) cells.push({ row, column, ...both });
    }
  }
  return { rows, columns, cells };
}
