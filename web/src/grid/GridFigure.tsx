import { useMemo, useState } from 'preact/hooks';
import type { Kind } from '../api/types';
import { plural } from '../format/numbers';
import { Name } from '../shell/Name';
import { ColourGrid } from './ColourGrid';
import { type Cells, type Comparison, compare } from './cells';
import type { Room } from './drawing';
import { GridText } from './GridText';
import { MazeGrid } from './MazeGrid';
import { SudokuGrid } from './SudokuGrid';
import { conflicts } from './sudokuConflicts';
import { TokenGrid } from './TokenGrid';

interface FigureProps {
  readonly title: string;
  /** What tells it from others of the same title on the page. */
  readonly within?: string | undefined;
  readonly kind: Kind;
  readonly grid: Cells;
  readonly room?: Room | undefined;
  /** The right answer, where this grid is one to be held against it. */
  readonly expected?: Cells | undefined;
  /** The puzzle, where this grid is an answer to it: its givens are then told from what was filled in. */
  readonly input?: Cells | undefined;
}

/** One large grid with its name, what is wrong in it, and the same as text. */
export function GridFigure({ title, within, kind, grid, room, expected, input }: FigureProps) {
  const comparison = useMemo(() => (expected ? compare(grid, expected) : null), [grid, expected]);
  const findings = comparison && expected ? found(comparison, expected) : null;
  const clashing = useMemo(() => (kind === 'sudoku' ? conflicts(grid).size : 0), [kind, grid]);
  const clash = clashing > 0 ? `${plural(clashing, 'cell')} in conflict` : null;
  const size = `${grid.rows}×${grid.columns}`;
  return (
    <figure class="grid-figure" data-grid={title.toLowerCase()} data-wrong={comparison?.wrong.size}>
      <figcaption>
        <span class="grid-title">
          <Name>{title}</Name>
        </span>{' '}
        <span class="sub-inline">{size}</span>
        {clash && <span class="finding-conflict">{clash}</span>}
        {findings && <span class={findings.wrong ? 'finding finding-wrong' : 'finding finding-right'}>{findings.words}</span>}
      </figcaption>
      <Drawing
        kind={kind}
        grid={grid}
        room={room}
        wrong={comparison?.wrong ?? NONE}
        input={input}
        label={`${title}, ${grid.rows} rows, ${grid.columns} columns${findings ? `, ${findings.words}` : ''}${clash ? `, ${clash}` : ''}. The same as text follows.`}
      />
      <AsText title={title} within={within} kind={kind} grid={grid} expected={expected} wrong={comparison?.wrong ?? NONE} />
    </figure>
  );
}

const NONE: ReadonlySet<number> = new Set();

/** What a comparison found, in words. */
export function found({ sameSize, wrong }: Comparison, expected: Cells): { readonly wrong: boolean; readonly words: string } {
  if (!sameSize) return { wrong: true, words: `wrong size, expected ${expected.rows}×${expected.columns}` };
  return wrong.size === 0 ? { wrong: false, words: 'all right' } : { wrong: true, words: `${plural(wrong.size, 'cell')} wrong` };
}

export interface DrawingProps {
  readonly grid: Cells;
  /** What other grids beside it need, too; its own size where it stands alone. */
  readonly room?: Room | undefined;
  /** Indexes of cells to mark. */
  readonly wrong: ReadonlySet<number>;
  readonly input?: Cells | undefined;
  readonly label: string;
}

export function Drawing({ kind, ...props }: DrawingProps & { readonly kind: Kind }) {
  switch (kind) {
    case 'sudoku':
      return <SudokuGrid {...props} />;
    case 'arc':
      return <ColourGrid {...props} />;
    case 'maze':
      return <MazeGrid {...props} />;
    default:
      return <TokenGrid {...props} />;
  }
}

interface TextProps {
  readonly title: string;
  readonly within?: string | undefined;
  readonly kind: Kind;
  readonly grid: Cells;
  readonly expected?: Cells | undefined;
  readonly wrong: ReadonlySet<number>;
}

/** The table is only built once it is asked for: 900 cells a grid would slow every page down. */
function AsText(props: TextProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="grid-text" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        as text<span class="sr">: {props.title}</span>
      </summary>
      {open && <GridText {...props} />}
    </details>
  );
}
