import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, ScoresByStep } from '../api/types';
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
  const { value: byStep } = useResource<ScoresByStep>(isRun(evaluation) ? api.steps(evaluation.id) : null);
  const stops = byStep ? stopsOf(byStep, evaluation.puzzleSetKind) : [];
  const stop = stops[placeOf(stops, step)] ?? null;
  return (
    <>
      {byStep && <StepScores byStep={byStep} cursor={stops.length === 0 ? null : (stop ?? byStep.steps.at(-1)?.step ?? null)} />}
      <Gallery {...{ evaluation, view, pageNumber, stops, stop }} byStep={byStep ?? null} />
    </>
  );
}
