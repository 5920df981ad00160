import { type Cells, cellAt } from './cells';
import { MAZE } from './tokens';

/** Whether one walks here: on the path, or at one of its ends. */
function walked(cell: number | undefined): boolean {
  return cell === MAZE.path || cell === MAZE.start || cell === MAZE.goal;
}

/**
 * The path as lines through the middles of neighbouring cells; where it is broken there is a gap, and a cell of it that touches no
 * other is a line of no length, which round ends make a dot. Start and goal are joined to the path, not to each other.
 */
export function pathLines(grid: Cells): string {
  let lines = '';
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const here = cellAt(grid, row, column);
      if (!walked(here)) continue;
      const from = `M${column + 0.5} ${row + 0.5}`;
      if (here === MAZE.path) lines += `${from}h0`;
      if (joined(here, cellAt(grid, row, column + 1))) lines += `${from}h1`;
      if (joined(here, cellAt(grid, row + 1, column))) lines += `${from}v1`;
    }
  }
  return lines;
}

function joined(here: number | undefined, there: number | undefined): boolean {
  return walked(there) && (here === MAZE.path || there === MAZE.path);
}
