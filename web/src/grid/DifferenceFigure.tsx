import { useMemo } from 'preact/hooks';
import type { Kind } from '../api/types';
import { count, plural } from '../format/numbers';
import { ScrollRoom } from '../shell/Scrolling';
import type { Cells } from './cells';
import { type Differing, difference } from './difference';
import { lines, type Room, viewBox } from './drawing';
import { colours, usePalette } from './palette';
import { cellName, cellText } from './tokens';

/** Lines of the list; a grid that is all wrong would fill the page with them. */
const LISTED = 100;

interface FigureProps {
  /** What tells it from another one on the page. */
  readonly within?: string | undefined;
  readonly kind: Kind;
  readonly predicted: Cells;
  readonly expected: Cells;
  readonly room?: Room | undefined;
}

/** Cell by cell, what was answered and what it should have been; only where they differ. Nothing where they do not. */
export function DifferenceFigure({ within, kind, predicted, expected, room }: FigureProps) {
  const { rows, columns, cells } = useMemo(() => difference(predicted, expected), [predicted, expected]);
  if (cells.length === 0) return null;
  const words = `${plural(cells.length, 'cell')} of ${count(rows * columns)} ${cells.length === 1 ? 'differs' : 'differ'}`;
  return (
    <figure class="grid-figure" data-grid="difference" data-differing={cells.length}>
      <figcaption>
        <span class="grid-title">Difference</span> <span class="sub-inline">answered above, expected below the diagonal</span>
        <span class="finding finding-wrong">{words}</span>
      </figcaption>
      <svg
        class="grid grid-difference"
        viewBox={viewBox(room ?? { rows, columns })}
        role="img"
        aria-label={`Difference, ${words}. The same as a list follows.`}
      >
        <rect class="s-paper" width={columns} height={rows} />
        {kind === 'arc' ? <Colours cells={cells} /> : <Signs kind={kind} cells={cells} />}
        <path class="s-thin" d={lines(rows, columns, 1, 1)} />
        <rect class="s-frame" width={columns} height={rows} />
      </svg>
      <List within={within} kind={kind} cells={cells} />
    </figure>
  );
}

const upper = ({ row, column }: Differing) => `M${column} ${row}h1l-1 1z`;
const lower = ({ row, column }: Differing) => `M${column + 1} ${row}v1h-1z`;

/** Two triangles a cell, one path a colour; a cell that one grid lacks shows the paper there. */
function Colours({ cells }: { readonly cells: readonly Differing[] }) {
  const [palette] = usePalette();
  return (
    <>
      {colours(palette).map((colour, value) => {
        const path = cells
          .map((cell) => (cell.predicted === value ? upper(cell) : '') + (cell.expected === value ? lower(cell) : ''))
          .join('');
        return path && <path key={colour} fill={colour} d={path} />;
      })}
      <path class="diff-diagonal" d={cells.map(({ row, column }) => `M${column + 1} ${row}l-1 1`).join('')} />
    </>
  );
}

/** The two signs of a cell, the wrong one in red above. */
function Signs({ kind, cells }: { readonly kind: Kind; readonly cells: readonly Differing[] }) {
  return (
    <>
      <path class="s-wrong" d={cells.map(upper).join('')} />
      <path class="diff-diagonal" d={cells.map(({ row, column }) => `M${column + 1} ${row}l-1 1`).join('')} />
      {cells.map((cell) => (
        <g key={`${cell.row} ${cell.column}`}>
          <text class="d-wrong diff-sign" x={cell.column + 0.28} y={cell.row + 0.42}>
            {sign(kind, cell.predicted)}
          </text>
          <text class="d-given diff-sign" x={cell.column + 0.72} y={cell.row + 0.9}>
            {sign(kind, cell.expected)}
          </text>
        </g>
      ))}
    </>
  );
}

function sign(kind: Kind, cell: number | undefined): string {
  if (cell === undefined) return '';
  return kind === 'sudoku' && cell === 1 ? '·' : cellText(kind, cell);
}

function List({ within, kind, cells }: { readonly within: string | undefined; readonly kind: Kind; readonly cells: readonly Differing[] }) {
  const name = (cell: number | undefined) => (cell === undefined ? 'no cell' : cellName(kind, cell));
  return (
    <details class="grid-text">
      <summary>
        as a list<span class="sr">: Difference</span>
      </summary>
      <ScrollRoom class="grid-table-room" label={`${within ? `${within}: ` : ''}Differing cells`}>
        <ul class="diff-list">
          {cells.slice(0, LISTED).map((cell) => (
            <li key={`${cell.row} ${cell.column}`}>
              row {cell.row + 1}, column {cell.column + 1}: {name(cell.predicted)} instead of {name(cell.expected)}
            </li>
          ))}
          {cells.length > LISTED && <li>and {plural(cells.length - LISTED, 'more cell')}</li>}
        </ul>
      </ScrollRoom>
    </details>
  );
}
