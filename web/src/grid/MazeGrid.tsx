import type { Cells } from './cells';
import { crosses, squares, viewBox } from './drawing';
import type { DrawingProps } from './GridFigure';
import { pathLines } from './mazePath';
import { MAZE } from './tokens';

/** Walls as blocks, the path as a line, start a disc and goal a diamond, each with its letter. */
export function MazeGrid({ grid, room, wrong, label }: DrawingProps) {
  const { rows, columns } = grid;
  const cross = crosses(grid, wrong, 0.18);
  return (
    <svg class="grid grid-maze" viewBox={viewBox(room ?? grid)} role="img" aria-label={label}>
      <rect class="m-open" width={columns} height={rows} />
      <path class="m-wall" d={squares(grid, (cell) => cell === MAZE.wall)} />
      <path class="m-cell" d={squares(grid, (cell) => cell === MAZE.path)} />
      <path class="m-path" d={pathLines(grid)} />
      <path class="c-foreign" d={squares(grid, (cell) => cell < MAZE.wall || cell > MAZE.path)} />
      {ends(grid).map(({ x, y, goal }) => (
        <g key={`${x},${y}`} transform={`translate(${x} ${y})`}>
          {goal ? <path class="m-goal" d="M.5-.2 1.2.5.5 1.2-.2.5z" /> : <circle class="m-start" cx=".5" cy=".5" r=".62" />}
          <text class="m-letter" x=".5" y=".78">
            {goal ? 'G' : 'S'}
          </text>
        </g>
      ))}
      <rect class="c-frame" width={columns} height={rows} />
      {cross && <path class="mark-under" d={cross} />}
      {cross && <path class="mark-over mark-red" d={cross} />}
    </svg>
  );
}

function ends(grid: Cells): readonly { readonly x: number; readonly y: number; readonly goal: boolean }[] {
  return [...grid.cells].flatMap((cell, i) =>
    cell === MAZE.start || cell === MAZE.goal ? [{ x: i % grid.columns, y: Math.floor(i / grid.columns), goal: cell === MAZE.goal }] : [],
  );
}
