import { useMemo, useRef, useState } from 'preact/hooks';
import type { Kind } from '../api/types';
import { type Cells, upTo } from '../grid/cells';
import { Drawing } from '../grid/GridFigure';
import { colours, usePalette } from '../grid/palette';
import { cellName } from '../grid/tokens';
import { Icon } from '../shell/Icon';
import { judge, type Verdict } from './judge';
import { blank, filled, LONGEST_SIDE, moved, painted, pressed, type Rules, resized, valueOfKey } from './paint';

interface TryItProps {
  readonly title: string;
  readonly kind: Kind;
  readonly input: Cells;
  readonly rules: Rules;
  /** The solution; undefined where it is hidden: nothing can be checked then. */
  readonly expected: Cells | undefined;
  readonly ignored: number | null;
}

const MOST_UNDONE = 200;
const NONE: ReadonlySet<number> = new Set();

/** A grid to paint an answer on, with the mouse, a finger or keys, and to have it checked. */
export function TryIt({ title, kind, input, rules, expected, ignored }: TryItProps) {
  const [answer, setAnswer] = useState(rules.start);
  const [past, setPast] = useState<readonly Cells[]>([]);
  const [chosen, setChosen] = useState(rules.values[kind === 'arc' ? 1 : 0] ?? 0);
  const [filling, setFilling] = useState(false);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const change = (next: Cells, remembered = true) => {
    if (next === answer) return;
    if (remembered) setPast([...past.slice(-MOST_UNDONE), answer]);
    setAnswer(next);
    setVerdict(null);
  };
  const undo = () => {
    const before = past.at(-1);
    if (!before) return;
    setPast(past.slice(0, -1));
    setAnswer(before);
    setVerdict(null);
  };
  return (
    <section class="try" aria-label={title}>
      <h3>{title}</h3>
      <Board
        {...{ kind, rules, answer, chosen, undo, change }}
        label={title}
        filling={filling && kind === 'arc'}
        wrong={verdict?.wrong ?? NONE}
        onChosen={setChosen}
      />
      <Values {...{ kind, rules, chosen }} onChosen={setChosen} />
      <div class="try-tools">
        {rules.sized && <SizeOf grid={answer} onSize={(rows, columns) => change(resized(answer, rows, columns))} />}
        {kind === 'arc' && (
          <>
            <button type="button" aria-pressed={filling} onClick={() => setFilling(!filling)}>
              Fill areas
            </button>
            <button type="button" onClick={() => change(input)}>
              Copy the input
            </button>
          </>
        )}
        <button type="button" onClick={undo} disabled={past.length === 0}>
          Undo
        </button>
        <button type="button" onClick={() => change(rules.sized ? blank(answer.rows, answer.columns, 0) : rules.start)}>
          Clear
        </button>
        {expected && (
          <button type="button" class="primary" onClick={() => setVerdict(judge(kind, answer, expected, ignored))}>
            Check
          </button>
        )}
      </div>
      <p class="try-verdict" role="status">
        {verdict && (
          <span class={`verdict verdict-${verdict.right ? 'right' : 'wrong'}`}>
            <Icon name={verdict.right ? 'right' : 'wrong'} /> {verdict.words}
          </span>
        )}
      </p>
    </section>
  );
}

interface BoardProps {
  readonly label: string;
  readonly kind: Kind;
  readonly rules: Rules;
  readonly answer: Cells;
  readonly chosen: number;
  readonly filling: boolean;
  readonly wrong: ReadonlySet<number>;
  readonly change: (next: Cells, remembered?: boolean) => void;
  readonly undo: () => void;
  readonly onChosen: (value: number) => void;
}

/** The drawing, and over it a grid of cells that says to screen readers what it shows. */
function Board({ label, kind, rules, answer, chosen, filling, wrong, change, undo, onChosen }: BoardProps) {
  const [at, setAt] = useState(0);
  const room = useRef<HTMLDivElement>(null);
  // What the finger that is down paints; null while none is.
  const stroke = useRef<number | null>(null);
  const here = Math.min(at, answer.cells.length - 1);
  const id = `try-${label.replaceAll(/\W+/g, '-').toLowerCase()}`;
  const put = (cell: number, value: number, remembered = true) => {
    if (!rules.free(cell)) return;
    change(filling ? filled(answer, cell, value) : painted(answer, cell, value), remembered);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      undo();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = moved(answer, here, event.key);
    const value = valueOfKey(kind, rules.values, event.key);
    if (next !== null) setAt(next);
    else if (value !== null) {
      if (kind === 'arc') onChosen(value);
      put(here, value);
    } else if (event.key === ' ' || event.key === 'Enter') put(here, pressed(kind, rules, answer, here, chosen));
    else return;
    event.preventDefault();
  };
  const cellUnder = (event: PointerEvent): number | null => {
    const box = room.current?.getBoundingClientRect();
    if (!box || box.width === 0) return null;
    const row = Math.floor(((event.clientY - box.top) / box.height) * answer.rows);
    const column = Math.floor(((event.clientX - box.left) / box.width) * answer.columns);
    return row < 0 || column < 0 || row >= answer.rows || column >= answer.columns ? null : row * answer.columns + column;
  };
  const onPointerDown = (event: PointerEvent) => {
    const cell = event.button === 0 ? cellUnder(event) : null;
    if (cell === null) return;
    room.current?.setPointerCapture?.(event.pointerId);
    setAt(cell);
    const value = pressed(kind, rules, answer, cell, chosen);
    stroke.current = filling ? null : value;
    put(cell, value);
  };
  const onPointerMove = (event: PointerEvent) => {
    const cell = stroke.current === null ? null : cellUnder(event);
    if (cell === null || stroke.current === null || kind === 'sudoku') return;
    setAt(cell);
    // One stroke is undone at once.
    put(cell, stroke.current, false);
  };
  const onEnd = () => {
    stroke.current = null;
  };
  return (
    <div class={`try-board try-${kind}`} style={{ '--rows': answer.rows, '--columns': answer.columns }}>
      <div aria-hidden="true">
        <Drawing kind={kind} grid={answer} input={kind === 'sudoku' ? rules.start : undefined} wrong={wrong} label="" />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: it lies over a drawing, and is laid out as that is */}
      <div
        ref={room}
        class="try-cells"
        role="grid"
        tabIndex={0}
        aria-label={`${label}: arrow keys move, ${keysOf(kind)}`}
        aria-activedescendant={`${id}-${here}`}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onEnd}
        onPointerCancel={onEnd}
      >
        {upTo(answer.rows).map((row) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which cell is active
          // biome-ignore lint/a11y/useSemanticElements: it lies over a drawing, and is laid out as that is
          <div key={row} role="row" class="try-row">
            {upTo(answer.columns).map((column) => {
              const cell = row * answer.columns + column;
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which cell is active
                // biome-ignore lint/a11y/useSemanticElements: it lies over a drawing, and is laid out as that is
                <div
                  key={column}
                  id={`${id}-${cell}`}
                  role="gridcell"
                  aria-label={`row ${row + 1}, column ${column + 1}, ${cellName(kind, answer.cells[cell] ?? 0)}`}
                  aria-selected={cell === here}
                  aria-readonly={!rules.free(cell)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function keysOf(kind: Kind): string {
  if (kind === 'maze') return 'the space bar paints the path or takes it away';
  if (kind === 'sudoku') return 'digits fill in, Delete empties';
  return 'the space bar paints, digits choose a colour and paint it';
}

interface ValuesProps {
  readonly kind: Kind;
  readonly rules: Rules;
  readonly chosen: number;
  readonly onChosen: (value: number) => void;
}

/** What is painted: colours, digits, or path and no path. */
function Values({ kind, rules, chosen, onChosen }: ValuesProps) {
  const [palette] = usePalette();
  const painted = useMemo(() => (kind === 'arc' ? colours(palette) : []), [kind, palette]);
  return (
    <fieldset class={`try-values try-values-${kind}`} aria-label={kind === 'arc' ? 'Colour to paint' : 'What to fill in'}>
      {rules.values.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          aria-label={cellName(kind, value)}
          title={cellName(kind, value)}
          style={painted[value] ? { '--colour': painted[value] } : undefined}
          onClick={() => onChosen(value)}
        >
          {kind === 'arc' ? <span class="swatch" /> : kind === 'sudoku' && value === 1 ? '⌫' : cellName(kind, value)}
        </button>
      ))}
    </fieldset>
  );
}

function SizeOf({ grid, onSize }: { readonly grid: Cells; readonly onSize: (rows: number, columns: number) => void }) {
  const field = (name: string, value: number, onValue: (value: number) => void) => (
    <label>
      {name}{' '}
      <input
        type="number"
        min={1}
        max={LONGEST_SIDE}
        step={1}
        value={value}
        onChange={(event) => onValue(Number(event.currentTarget.value))}
      />
    </label>
  );
  return (
    <span class="try-size">
      {field('Rows', grid.rows, (rows) => onSize(rows, grid.columns))}
      {field('Columns', grid.columns, (columns) => onSize(grid.rows, columns))}
    </span>
  );
}
