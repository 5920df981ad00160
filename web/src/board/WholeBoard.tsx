import { useMemo, useState } from 'preact/hooks';
import type { Leaderboard, UnscoredEntry } from '../api/types';
import { CompareBar } from '../compare/Choose';
import { useChoosing } from '../compare/choosing';
import { orderedMetrics } from '../format/words';
import { SIZE_FIRST } from '../plot/axes';
import { ScorePlot } from '../plot/ScorePlot';
import { useGrowing } from '../shell/useGrowing';
import { AnswersTable } from './AnswersTable';
import { NothingScored } from './BoardSection';
import { BoardTools } from './BoardTools';
import { LeaderboardTable, SLICE } from './LeaderboardTable';
import { LeftOut } from './LeftOut';
import type { Marking } from './marking';
import { ProtocolChoice } from './ProtocolChoice';
import { Published } from './Published';
import { shown } from './shown';
import { Unscored } from './Unscored';
import { type BoardView, writeView } from './view';

const NONE: readonly UnscoredEntry[] = [];

interface WholeBoardProps {
  readonly board: Leaderboard;
  readonly unscored?: readonly UnscoredEntry[];
  readonly view: BoardView;
  readonly onView: (view: BoardView) => void;
}

/**
 * All of a leaderboard: plot, table and published results show the same rows, those that the view asks for. The first of them
 * come at once, the others when the browser has nothing else to do: a thousand together would keep everyone waiting.
 */
export function WholeBoard({ board, unscored = NONE, view, onView }: WholeBoardProps) {
  const [marked, onMark] = useState<string | null>(null);
  const marking: Marking = { marked, onMark };
  const choosing = useChoosing(board.puzzleSet.name);
  const rows = useMemo(() => shown(board, view), [board, view]);
  const ready = useGrowing(rows.entries.length, SLICE, writeView(view));
  const metrics = useMemo(() => furtherMetrics(board), [board]);
  const of = useMemo(() => ({ metric: board.metric, taskCount: board.puzzleSet.taskCount, split: board.split }), [board]);
  const plot = (
    <ScorePlot {...{ of, rows, ready, marking }} picture={view} onPicture={(next) => onView({ ...view, ...next })} order={SIZE_FIRST} />
  );
  return (
    <>
      <section class="card whole-board" aria-label="Leaderboard">
        <ProtocolChoice board={board} view={view} />
        {board.without && <LeftOut name={board.puzzleSet.name} without={board.without} view={view} />}
        <Unscored entries={unscored} />
        {board.entries.length === 0 ? (
          <>
            {unscored.length === 0 && <NothingScored name={board.puzzleSet.name} />}
            {board.published.length + board.answers.length > 0 && plot}
          </>
        ) : (
          <>
            <BoardTools {...{ board, rows, metrics, view, onView }} />
            {plot}
            {rows.entries.length === 0 ? (
              <p class="nothing">No entry has all of these words.</p>
            ) : (
              <LeaderboardTable
                {...{ board, marking }}
                choosing={board.solutionsHidden ? undefined : choosing}
                entries={rows.entries}
                ready={ready}
                by={view.sorting}
                onSort={(sorting) => onView({ ...view, sorting })}
                further={metrics}
                columns={view.columns}
              />
            )}
          </>
        )}
      </section>
      <AnswersTable
        board={board}
        shown={rows.answers}
        visible={view.answers}
        onVisible={(answers) => onView({ ...view, answers })}
        marking={marking}
        choosing={board.solutionsHidden ? undefined : choosing}
      />
      <Published
        all={board.published}
        shown={rows.published}
        visible={view.published}
        onVisible={(published) => onView({ ...view, published })}
        marking={marking}
      />
      <CompareBar choosing={choosing} />
    </>
  );
}

/** Every metric beside the main one that some entry has. */
function furtherMetrics(board: Leaderboard): readonly string[] {
  const names = new Set(board.entries.flatMap((entry) => Object.keys(entry.scores)));
  names.delete(board.metric);
  return orderedMetrics([...names], board.metric);
}
