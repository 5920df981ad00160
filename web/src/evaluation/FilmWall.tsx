import { useMemo } from 'preact/hooks';
import type { Evaluation, ScoresByStep, TaskPage } from '../api/types';
import { ProblemNotice } from '../shell/Notice';
import { Wall } from './Wall';
import { WallControls } from './WallControls';
import { asAfter, type Stop, useFrames } from './wallFilm';
import type { WallView } from './wallView';

/** What a wall is played by. */
export interface WallFilm {
  /** null while it is not known, and of answers that were not run. */
  readonly byStep: ScoresByStep | null;
  /** What the tasks can be looked at after; none where nothing was kept. */
  readonly stops: readonly Stop[];
  /** The one that they are looked at after. */
  readonly stop: Stop;
  readonly onStop: (stop: Stop) => void;
}

interface FilmWallProps extends WallFilm {
  readonly evaluation: Evaluation;
  readonly page: TaskPage;
  /** Tells one page of tasks from another. */
  readonly address: string;
  readonly view: WallView;
  readonly offset: number;
}

/** Tiles of tasks, and above them what plays them, where what was answered after each step was kept. */
export function FilmWall({ evaluation, page, address, view, offset, byStep, stops, stop, onStop }: FilmWallProps) {
  const { frames, problem } = useFrames(evaluation.id, stop, stops[stops.indexOf(stop) + 1] ?? null);
  const tasks = useMemo(() => (frames ? page.tasks.map((task) => asAfter(task, frames)) : page.tasks), [page, frames]);
  return (
    <>
      {byStep && stops.length > 0 && <WallControls kind={evaluation.puzzleSetKind} {...{ byStep, stops, stop, onStop }} />}
      {problem && <ProblemNotice problem={problem} />}
      <Wall key={address} evaluation={evaluation} tasks={tasks} view={view} offset={offset} stop={frames ? stop : null} />
    </>
  );
}
