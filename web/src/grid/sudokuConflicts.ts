import { boxSize, type Cells, placed } from './cells';
import { sudokuDigit } from './tokens';

/** Indexes of cells whose digit stands twice in a row, a column or a box: wrong whatever the solution is. */
export function conflicts(grid: Cells): ReadonlySet<number> {
  const box = boxSize(grid.columns);
  const found = new Set<number>();
  const first = new Map<string, number>();
  const claim = (unit: string, digit: number, index: number) => {
    const key = `${unit}:${digit}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else found.add(earlier).add(index);
  };
  for (const { cell, at: index, row, column } of placed(grid)) {
    const digit = sudokuDigit(cell);
    if (digit === null) continue;
    claim(`row ${row}`, digit, index);
    claim(`column ${column}`, digit, index);
    claim(`box ${Math.floor(row / box.rows)} ${Math.floor(column / box.columns)}`, digit, index);
  }
  return found;
}
