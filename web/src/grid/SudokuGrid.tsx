import { boxSize, cellAt, type Cells } from './cells';
import { lines, squares } from './drawing';
import type { DrawingProps } from './GridFigure';
import { sudokuDigit } from './tokens';

/** Drawn as one knows it from the newspaper: thick lines around boxes, givens bold, filled-in digits light. */
export function SudokuGrid({ grid, wrong, input, label }: DrawingProps) {
  const { rows, columns } = grid;
  const box = boxSize(columns);
  const given = (i: number) => isGiven(input ?? grid, i);
  return (
    <svg class="grid grid-sudoku" viewBox={`-0.06 -0.06 ${columns + 0.12} ${rows + 0.12}`} role="img" aria-label={label}>
      <rect class="s-paper" width={columns} height={rows} />
      <path class="s-given" d={squares(grid, (_, i) => given(i))} />
      <path class="s-wrong" d={squares(grid, (_, i) => wrong.has(i))} />
      <path class="s-thin" d={lines(rows, columns, 1, 1)} />
      <path class="s-thick" d={lines(rows, columns, box.rows, box.columns)} />
      <rect class="s-frame" width={columns} height={rows} />
      {[...grid.cells].map((cell, i) => (
        <Digit key={i} cell={cell} x={i % columns} y={Math.floor(i / columns)} given={given(i)} wrong={wrong.has(i)} />
      ))}
    </svg>
  );
}

/** A cell that the puzzle had filled in. */
function isGiven(puzzle: Cells, i: number): boolean {
  const cell = cellAt(puzzle, Math.floor(i / puzzle.columns), i % puzzle.columns);
  return cell !== undefined && sudokuDigit(cell) !== null;
}

interface DigitProps {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
  readonly given: boolean;
  readonly wrong: boolean;
}

function Digit({ cell, x, y, given, wrong }: DigitProps) {
  const digit = sudokuDigit(cell);
  const style = wrong ? 'd-wrong' : given ? 'd-given' : 'd-filled';
  return (
    <>
      {digit !== null && (
        <text class={`${style} ${digit > 9 ? 'd-long' : ''}`} x={x + 0.5} y={y + 0.71}>
          {digit}
        </text>
      )}
      {wrong && (
        <>
          {digit === null && <path class="s-hole" d={`M${x + 0.36} ${y + 0.5}h.28`} />}
          <path class="s-corner" d={`M${x + 1} ${y}v.34l-.34-.34z`} />
          <path class="s-strike" d={`M${x + 0.22} ${y + 0.84}h.56`} />
        </>
      )}
    </>
  );
}
