import type { Cells } from './cells';

/** Rows and columns that are kept free for a drawing. */
export type Room = Pick<Cells, 'rows' | 'columns'>;

/** Room for each of some grids: drawn into it, they have one size of cell and one height. */
export function roomFor(...grids: readonly (Room | null | undefined)[]): Room {
  const all = grids.filter((grid) => grid != null);
  return { rows: Math.max(1, ...all.map(({ rows }) => rows)), columns: Math.max(1, ...all.map(({ columns }) => columns)) };
}

/** A unit a cell, and the outer half of the frame. */
export function viewBox({ rows, columns }: Room): string {
  return `-0.06 -0.06 ${columns + 0.12} ${rows + 0.12}`;
}

/** One path over all cells that `wanted` picks: a grid of 900 cells becomes a handful of elements. */
export function squares(grid: Cells, wanted: (cell: number, index: number) => boolean): string {
  let path = '';
  grid.cells.forEach((cell, i) => {
    if (wanted(cell, i)) path += `M${i % grid.columns} ${Math.floor(i / grid.columns)}h1v1h-1z`;
  });
  return path;
}

/** A cross in every cell of `marked`: a shape, so that it is seen without telling colours apart. */
export function crosses(grid: Cells, marked: ReadonlySet<number>, inset: number): string {
  let path = '';
  for (const i of marked) {
    const x = i % grid.columns;
    const y = Math.floor(i / grid.columns);
    const far = 1 - inset;
    path += `M${x + inset} ${y + inset}L${x + far} ${y + far}M${x + far} ${y + inset}L${x + inset} ${y + far}`;
  }
  return path;
}

/** Lines between cells, every `rowStep` rows and `columnStep` columns, the outline not included. */
export function lines(rows: number, columns: number, rowStep: number, columnStep: number): string {
  let path = '';
  for (let y = rowStep; y < rows; y += rowStep) path += `M0 ${y}H${columns}`;
  for (let x = columnStep; x < columns; x += columnStep) path += `M${x} 0V${rows}`;
  return path;
}
