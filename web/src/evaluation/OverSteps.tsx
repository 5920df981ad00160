import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, ScoresByStep } from '../api/types';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import type { WallFilm } from './FilmWall';
import { Gallery } from './Gallery';
import { isRun } from './run';
import { StepScores } from './StepScores';
import { placeOf } from './WallControls';
import { type Stop, stopsOf } from './wallFilm';
import type { WallView } from './wallView';

interface OverStepsProps {
  readonly evaluation: Evaluation;
  readonly view: WallView;
  readonly pageNumber: number;
  /** As the address says. */
  readonly step: Stop;
}

/** What the recursion came to: the score after each step, and all tasks, which are looked at after the same step. */
export function OverSteps({ evaluation, view, pageNumber, step }: OverStepsProps) {
  const film = useWallFilm(evaluation, step, (next) => navigate(to.evaluation(evaluation.id, view, pageNumber, next), true));
  return (
    <>
      {film.byStep && <StepScores byStep={film.byStep} cursor={cursorOf(film)} />}
      <Gallery {...{ evaluation, view, pageNumber, film }} />
    </>
  );
}

/** @param step that is asked for, whether there is such a one or not */
export function useWallFilm(evaluation: Evaluation, step: Stop, onStop: (stop: Stop) => void): WallFilm {
  const { value: byStep = null } = useResource<ScoresByStep>(isRun(evaluation) ? api.steps(evaluation.id) : null);
  const stops = byStep ? stopsOf(byStep, evaluation.puzzleSetKind) : [];
  return { byStep, stops, stop: stops[placeOf(stops, step)] ?? null, onStop };
}

/** In the end stands what the last step came to. */
function cursorOf({ byStep, stops, stop }: WallFilm): number | null {
  return stops.length === 0 ? null : (stop ?? byStep?.steps.at(-1)?.step ?? null);
}
