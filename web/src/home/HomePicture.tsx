import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Resource, useResource } from '../api/resource';
import type { HomeBoard, LeaderboardAnswer } from '../api/types';
import type { Shown } from '../board/shown';
import { split as scoredAndNot } from '../board/Unscored';
import { COST_FIRST } from '../plot/axes';
import type { Picture } from '../plot/picture';
import type { PlotOf } from '../plot/points';
import { ScorePlot } from '../plot/ScorePlot';
import { ofSplit } from '../plot/splits';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { useGrowing } from '../shell/useGrowing';
import { BestSoFar } from './BestSoFar';

const AT_ONCE = 50;
const BENCHMARKS: Readonly<Record<string, string>> = {
  'arc-agi-1': 'ARC-AGI-1',
  'arc-agi-2': 'ARC-AGI-2',
  'sudoku-extreme': 'Sudoku-Extreme',
  'maze-hard': 'Maze-Hard',
};

interface PictureProps {
  readonly picture: Picture;
  readonly home: Home;
}

/** The board that the first page begins with; the page reads it once for its picture and for its table. */
export interface Home {
  readonly home: Resource<HomeBoard>;
  readonly board: Resource<LeaderboardAnswer>;
  /** Of the puzzle set whose board it is; null where none is, or none is known yet. */
  readonly name: string | null;
  /** Whether it is known which board this is, or that nobody says. */
  readonly settled: boolean;
}

/**
 * @param rounds counts up for a set whenever an evaluation of it ended: its board is then read anew
 * @param sets how many sets there are, once that is known: another one may be the one that is shown
 */
export function useHome(rounds: Readonly<Record<string, number>>, sets: number | undefined): Home {
  const home = useResource<HomeBoard>(api.home());
  const name = home.value?.puzzleSet ?? null;
  const board = useResource<LeaderboardAnswer>(name === null ? null : api.leaderboard(name));
  useAnew(home.reload, sets);
  useAnew(board.reload, name === null ? undefined : (rounds[name] ?? 0));
  return { home, board, name, settled: home.value !== undefined || home.problem !== undefined };
}

/** What scores cost on the board that the platform begins with, or what others published on it while nothing ran. */
export function HomePicture({ picture, home: { home, board, name } }: PictureProps) {
  const shown = useMemo(() => content(home.value, board.value), [home.value, board.value]);
  const problem = home.problem ?? board.problem;
  const title = name ?? BENCHMARKS[home.value?.name ?? ''] ?? home.value?.name;
  return (
    <section class="card home-picture" aria-labelledby="home-picture" aria-busy={!shown && !problem}>
      <header class="card-head">
        <h2 id="home-picture">{name === null ? title && `Score against cost: ${title}` : <BoardLink name={name} />}</h2>
        {shown && <Counts rows={shown.rows} />}
      </header>
      {problem && <ProblemNotice problem={problem} retry={home.problem ? home.reload : board.reload} />}
      {shown ? <Pictured {...shown} picture={picture} /> : !problem && <Loading what="what scores cost" />}
    </section>
  );
}

/** Reads anew when a number changes, not when it is first known. */
function useAnew(reload: () => void, number: number | undefined): void {
  const known = useRef(number);
  useEffect(() => {
    if (known.current !== undefined && number !== known.current) reload();
    known.current = number;
  }, [number, reload]);
}

function BoardLink({ name }: { readonly name: string }) {
  return (
    <>
      Score against cost:{' '}
      <a href={to.set(name)}>
        <Name>{name}</Name>
      </a>
    </>
  );
}

function content(home: HomeBoard | undefined, answer: LeaderboardAnswer | undefined): { of: PlotOf; rows: Shown } | undefined {
  if (!home) return undefined;
  if (home.puzzleSet === null) {
    return { of: { metric: 'score', taskCount: 1, split: null }, rows: { entries: [], answers: [], published: home.published } };
  }
  if (!answer) return undefined;
  const { board } = scoredAndNot(answer);
  return {
    of: { metric: board.metric, taskCount: board.puzzleSet.taskCount, split: board.split },
    rows: { entries: board.entries, answers: board.answers, published: board.published },
  };
}

function Counts({ rows }: { readonly rows: Shown }) {
  return (
    <p class="facts">
      {rows.entries.length > 0 && <span>{rows.entries.length} run here</span>}
      {rows.answers.length > 0 && <span>{rows.answers.length} scored here</span>}
      {rows.published.length > 0 && <span>{rows.published.length} published</span>}
    </p>
  );
}

function Pictured({ of, rows, picture }: { readonly of: PlotOf; readonly rows: Shown; readonly picture: Picture }) {
  const [marked, onMark] = useState<string | null>(null);
  const ready = useGrowing(rows.entries.length, AT_ONCE);
  const ofIt = useMemo(() => ofSplit(rows, of.split, picture.split), [rows, of, picture.split]);
  if (rows.entries.length + rows.answers.length + rows.published.length === 0) {
    return <p class="nothing">Nothing has run on this board, and nothing that is published is known of it.</p>;
  }
  return (
    <>
      <ScorePlot
        {...{ of, rows, ready, picture }}
        onPicture={(next) => navigate(to.overview(next), true)}
        order={COST_FIRST}
        marking={{ marked, onMark }}
        listed
      />
      <BestSoFar rows={ofIt} />
    </>
  );
}
