import { placed } from './cells';
import { lines, squares, viewBox } from './drawing';
import type { DrawingProps } from './GridFigure';

/** A sequence of which nothing is known but its tokens: their numbers. */
export function TokenGrid({ grid, room, wrong, label }: DrawingProps) {
  const { rows, columns } = grid;
  return (
    <svg class="grid grid-token" viewBox={viewBox(room ?? grid)} role="img" aria-label={label}>
      <rect class="s-paper" width={columns} height={rows} />
      <path class="s-wrong" d={squares(grid, (_, i) => wrong.has(i))} />
      <path class="s-thin" d={lines(rows, columns, 1, 1)} />
      <rect class="s-frame" width={columns} height={rows} />
      {placed(grid).map(({ cell, at, row, column }) => (
        <g key={at}>
          <text class={wrong.has(at) ? 'd-wrong d-token' : 'd-filled d-token'} x={column + 0.5} y={row + 0.65}>
            {cell}
          </text>
          {wrong.has(at) && <path class="s-corner" d={`M${column + 1} ${row}v.34l-.34-.34z`} />}
        </g>
      ))}
    </svg>
  );
}
