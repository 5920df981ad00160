import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Resource, useResource } from '../api/resource';
import type { LeaderboardAnswer, PuzzleSet } from '../api/types';
import { CompareBar } from '../compare/Choose';
import { useChoosing } from '../compare/choosing';
import { count, plural } from '../format/numbers';
import { kindName } from '../format/words';
import { Name } from '../shell/Name';
import { ArenaCommand, Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { LeaderboardTable } from './LeaderboardTable';
import { ProtocolLabel } from './ProtocolLabel';
import { BY_RANK, type Sorting, sorted } from './ranking';
import { split, Unscored } from './Unscored';

const BEST = 10;

interface SectionProps {
  readonly set: PuzzleSet;
  /** Counts up whenever an evaluation of this set ended: the board is then read anew. */
  readonly round: number;
}

/** The best of one puzzle set, on the overview. */
export function BoardSection({ set, round }: SectionProps) {
  const board = useResource<LeaderboardAnswer>(api.leaderboard(set.name));
  const { reload } = board;
  useEffect(() => {
    if (round > 0) reload();
  }, [round, reload]);
  return <BoardCard set={set} board={board} />;
}

interface CardProps {
  readonly set: PuzzleSet;
  readonly board: Resource<LeaderboardAnswer>;
}

/** The best of a board that somebody else reads. */
export function BoardCard({ set, board: { value: board, problem, reload } }: CardProps) {
  const id = `set-${set.name}`;
  return (
    <section class="card" aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>
          <a href={to.set(set.name)}>
            <Name>{set.name}</Name>
          </a>
        </h2>
        <SetFacts set={set} />
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {board ? <Board answer={board} /> : !problem && <Loading what={`the leaderboard of ${set.name}`} />}
    </section>
  );
}

function Board({ answer }: { readonly answer: LeaderboardAnswer }) {
  const { board, unscored } = useMemo(() => split(answer), [answer]);
  const { entries, puzzleSet } = board;
  const [by, setBy] = useState<Sorting>(BY_RANK);
  const choosing = useChoosing(puzzleSet.name);
  if (unscored.length > 0) return <Unscored entries={unscored.slice(0, BEST)} />;
  if (entries.length === 0) return <NothingScored name={puzzleSet.name} />;
  // The best are shown; sorting orders these, it does not bring in others.
  return (
    <>
      {board.protocol && (
        <p class="protocol-choice">
          <span class="sub-inline">Run by</span> <ProtocolLabel protocol={board.protocol} />
        </p>
      )}
      <LeaderboardTable board={board} entries={sorted(entries.slice(0, BEST), by)} by={by} onSort={setBy} choosing={choosing} />
      {entries.length > BEST && (
        <p class="more">
          <a href={to.set(puzzleSet.name)}>
            All {count(entries.length)} entries of <Name>{puzzleSet.name}</Name>
          </a>
        </p>
      )}
      <CompareBar choosing={choosing} />
    </>
  );
}

export function SetFacts({ set }: { readonly set: PuzzleSet }) {
  return (
    <p class="facts">
      <span class="tag">{kindName(set.kind)}</span>
      <span>{plural(set.taskCount, 'task')}</span>
      {set.exampleCount !== set.taskCount && <span>{plural(set.exampleCount, 'example')}</span>}
      <span>{plural(set.evaluations, 'evaluation')}</span>
    </p>
  );
}

export function NothingScored({ name }: { readonly name: string }) {
  return (
    <div class="nothing">
      <p>No checkpoint has been scored on this puzzle set yet.</p>
      <p>
        <a class="button" href={to.submit(name)}>
          Submit the first
        </a>
      </p>
      <p>Or on a terminal:</p>
      <ArenaCommand>{`submit CHECKPOINT --puzzles ${name} --wait`}</ArenaCommand>
    </div>
  );
}
