import { useMemo } from 'preact/hooks';
import { boxSize, type Cells, cellAt, placed } from './cells';
import { lines, squares, viewBox } from './drawing';
import type { DrawingProps } from './GridFigure';
import { conflicts } from './sudokuConflicts';
import { sudokuDigit } from './tokens';

/** Drawn as one knows it from the newspaper: thick lines around boxes, givens bold, filled-in digits light; digits that stand twice in a row, column or box circled. */
export function SudokuGrid({ grid, room, wrong, input, label }: DrawingProps) {
  const { rows, columns } = grid;
  const box = boxSize(columns);
  const clashing = useMemo(() => conflicts(grid), [grid]);
  const given = (i: number) => isGiven(input ?? grid, i);
  return (
    <svg class="grid grid-sudoku" viewBox={viewBox(room ?? grid)} role="img" aria-label={label}>
      <rect class="s-paper" width={columns} height={rows} />
      <path class="s-given" d={squares(grid, (_, i) => given(i))} />
      <path class="s-wrong" d={squares(grid, (_, i) => wrong.has(i))} />
      <path class="s-thin" d={lines(rows, columns, 1, 1)} />
      <path class="s-thick" d={lines(rows, columns, box.rows, box.columns)} />
      <rect class="s-frame" width={columns} height={rows} />
      {clashing.size > 0 && <path class="s-conflict" d={circles(clashing, columns)} />}
      {placed(grid).map(({ cell, at, row, column }) => (
        <Digit key={at} cell={cell} x={column} y={row} given={given(at)} wrong={wrong.has(at)} />
      ))}
    </svg>
  );
}

function circles(marked: ReadonlySet<number>, columns: number): string {
  return [...marked].map((i) => `M${(i % columns) + 0.1} ${Math.floor(i / columns) + 0.5}a.4 .4 0 1 0 .8 0a.4 .4 0 1 0-.8 0`).join('');
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
