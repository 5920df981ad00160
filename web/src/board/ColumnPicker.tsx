import { useMemo } from 'preact/hooks';
import type { Leaderboard } from '../api/types';
import { count, plural } from '../format/numbers';
import { type Columns, columnsOf, turned } from './columns';

interface PickerProps {
  readonly board: Leaderboard;
  /** Metrics beside the main one. */
  readonly metrics: readonly string[];
  readonly columns: Columns;
  readonly onColumns: (columns: Columns) => void;
}

/** Which columns a board shows, and how many it has beside them. */
export function ColumnPicker({ board, metrics, columns, onColumns }: PickerProps) {
  const all = useMemo(() => columnsOf(board, metrics), [board, metrics]);
  const shown = (id: string, folded: boolean) => (columns === null ? !folded : columns.includes(id));
  const hidden = all.filter(({ id, folded }) => !shown(id, folded)).length;
  return (
    <details class="column-picker">
      <summary>Columns{hidden > 0 && `: ${count(hidden)} more`}</summary>
      <fieldset>
        <legend class="sr">Columns of the board</legend>
        {all.map(({ id, name, folded }) => (
          <label key={id}>
            <input type="checkbox" checked={shown(id, folded)} onChange={() => onColumns(turned(all, columns, id))} /> {name}
          </label>
        ))}
        {columns !== null && (
          <button type="button" onClick={() => onColumns(null)}>
            As at first
          </button>
        )}
        <p class="sub-inline">
          The board is wider than the screen? {plural(all.length, 'column')} can be taken out of it, or it scrolls sideways.
        </p>
      </fieldset>
    </details>
  );
}
