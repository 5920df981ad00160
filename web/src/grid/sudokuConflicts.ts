import { boxSize, type Cells } from './cells';
import { sudokuDigit } from './tokens';

/** Indexes of cells whose digit stands twice in a row, a column or a box: wrong whatever the solution is. */
export function conflicts(grid: Cells): ReadonlySet<number> {
  const { rows, columns, cells } = grid;
  const box = boxSize(columns);
  const found = new Set<number>();
  const first = new Map<string, number>();
  const claim = (unit: string, digit: number, index: number) => {
    const key = `${unit}:${digit}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else found.add(earlier).add(index);
  };
  for (let index = 0; index < rows * columns; index++) {
    const digit = sudokuDigit(cells[index]!);
    if (digit === null) continue;
    const [row, column] = [Math.floor(index / columns), index % columns];
    claim(`row ${row}`, digit, index);
    claim(`column ${column}`, digit, index);
    claim(`box ${Math.floor(row / box.rows)} ${Math.floor(column / box.columns)}`, digit, index);
  }
  return found;
}
