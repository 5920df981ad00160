import { api } from '../api/paths';
import type { Leaderboard } from '../api/types';
import { count, plural } from '../format/numbers';
import { ExplainColumn } from '../reading/Explain';
import { save } from '../shell/download';
import { Icon } from '../shell/Icon';
import { ColumnPicker } from './ColumnPicker';
import { toCsv, toJson } from './exported';
import type { Shown } from './shown';
import type { BoardView } from './view';

interface ToolsProps {
  readonly board: Leaderboard;
  readonly rows: Shown;
  readonly metrics: readonly string[];
  readonly view: BoardView;
  readonly onView: (view: BoardView) => void;
}

/** Finds rows and takes them along. */
export function BoardTools({ board, rows, metrics, view, onView }: ToolsProps) {
  const all = board.entries.length;
  const name = board.puzzleSet.name;
  return (
    <div class="board-tools">
      <label class="filter">
        <span>Filter</span>
        <input
          type="search"
          value={view.filter}
          placeholder="model, file, digest …"
          spellcheck={false}
          onInput={(event) => onView({ ...view, filter: event.currentTarget.value })}
        />
      </label>
      <p class="facts" role="status">
        {rows.entries.length === all
          ? plural(all, 'entry', 'entries')
          : `${count(rows.entries.length)} of ${plural(all, 'entry', 'entries')}`}
      </p>
      {all < board.puzzleSet.evaluations && (
        <ExplainColumn name="Entries">
          A checkpoint has one entry on the board of a protocol, however often it was run.{' '}
          {plural(board.puzzleSet.evaluations, 'evaluation')} of this set {board.puzzleSet.evaluations === 1 ? 'counts' : 'count'} repeats,
          other protocols, answers of other systems and runs that did not finish, too.
        </ExplainColumn>
      )}
      <ColumnPicker {...{ board, metrics }} columns={view.columns} onColumns={(columns) => onView({ ...view, columns })} />
      <fieldset class="exports" aria-label="Export what is shown">
        <button type="button" onClick={() => save(`${name}.csv`, text('text/csv', toCsv(board, rows, metrics)))}>
          <Icon name="download" /> CSV
        </button>
        <button type="button" onClick={() => save(`${name}.json`, text('application/json', toJson(board, rows)))}>
          <Icon name="download" /> JSON
        </button>
        <a
          class="button"
          href={api.boardAsEveryEvalEver(name, { protocol: board.protocol?.key ?? null, without: board.without?.set ?? null })}
          download={`${name}-every-eval-ever.json`}
          title="Every entry as a record of Every Eval Ever"
        >
          <Icon name="download" /> Every Eval Ever
        </a>
      </fieldset>
    </div>
  );
}

function text(type: string, content: string): Blob {
  return new Blob([content], { type: `${type};charset=utf-8` });
}
