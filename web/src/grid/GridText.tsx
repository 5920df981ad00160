import type { Kind } from '../api/types';
import { ScrollRoom } from '../shell/Scrolling';
import { type Cells, cellAt, upTo } from './cells';
import { cellName, cellText, legend } from './tokens';

interface TextProps {
  readonly title: string;
  /** What tells it from others of the same title on the page. */
  readonly within?: string | undefined;
  readonly kind: Kind;
  readonly grid: Cells;
  readonly expected?: Cells | undefined;
  readonly wrong: ReadonlySet<number>;
}

/** A grid as a table of signs, for screen readers and for copying. */
export function GridText({ title, within, kind, grid, expected, wrong }: TextProps) {
  const key = legend(kind);
  return (
    <ScrollRoom class="grid-table-room" label={`${within ? `${within}: ` : ''}${title} as text`}>
      {key && <p class="sub-inline">{key}</p>}
      <table class="grid-table">
        <caption class="sr">{title}, row by row</caption>
        <tbody>
          {upTo(grid.rows).map((row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              {upTo(grid.columns).map((column) => (
                <Cell key={column} kind={kind} grid={grid} expected={expected} row={row} column={column} wrong={wrong} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}

interface CellProps {
  readonly kind: Kind;
  readonly grid: Cells;
  readonly expected?: Cells | undefined;
  readonly row: number;
  readonly column: number;
  readonly wrong: ReadonlySet<number>;
}

function Cell({ kind, grid, expected, row, column, wrong }: CellProps) {
  const cell = cellAt(grid, row, column) ?? 0;
  const isWrong = wrong.has(row * grid.columns + column);
  const wanted = expected && cellAt(expected, row, column);
  const text = kind === 'sudoku' && cell === 1 ? '·' : cellText(kind, cell);
  return (
    <td class={isWrong ? 'cell-wrong' : undefined}>
      {text}
      {isWrong && (
        <>
          ✗<span class="sr"> wrong, {wanted === undefined ? 'outside of the expected grid' : `expected ${cellName(kind, wanted)}`}</span>
        </>
      )}
    </td>
  );
}
