import { crosses, lines, squares, viewBox } from './drawing';
import type { DrawingProps } from './GridFigure';
import { colours, usePalette } from './palette';

/** ARC's ten colours with lines between the cells; a wrong cell has a cross that shows on any of them. */
export function ColourGrid({ grid, room, wrong, label }: DrawingProps) {
  const { rows, columns } = grid;
  const [palette] = usePalette();
  const cross = crosses(grid, wrong, 0.26);
  return (
    <svg class="grid grid-colour" viewBox={viewBox(room ?? grid)} role="img" aria-label={label}>
      <rect class="c-0" width={columns} height={rows} />
      {colours(palette).map((colour, value) => {
        const path = value === 0 ? '' : squares(grid, (cell) => cell === value);
        return path && <path key={colour} fill={colour} d={path} />;
      })}
      <path class="c-foreign" d={squares(grid, (cell) => cell > 9)} />
      <path class="c-lines" d={lines(rows, columns, 1, 1)} />
      <rect class="c-frame" width={columns} height={rows} />
      {cross && <path class="mark-under" d={cross} />}
      {cross && <path class="mark-over" d={cross} />}
    </svg>
  );
}
