import type { Kind, ScoresByStep } from '../api/types';
import { percent } from '../format/numbers';
import { metricName } from '../format/words';
import { Explained } from '../reading/Explain';
import { PlayControls } from '../task/PlayControls';
import type { Stop } from './wallFilm';

interface ControlsProps {
  readonly kind: Kind;
  readonly byStep: ScoresByStep;
  readonly stops: readonly Stop[];
  readonly stop: Stop;
  readonly onStop: (stop: Stop) => void;
}

/** Step by step, or played: every tile of the wall below shows what was answered after the step. */
export function WallControls({ kind, byStep, stops, stop, onStop }: ControlsProps) {
  const place = placeOf(stops, stop);
  const last = byStep.steps.at(-1)?.step ?? 0;
  const at = stops[place] ?? null;
  const where = at === null ? (kind === 'arc' ? 'all votes' : `step ${last} of ${last}`) : `step ${at} of ${last}`;
  const score = byStep.steps.find(({ step }) => step === (at ?? last))?.scores[byStep.metric];
  const words = score === undefined ? '' : `${metricName(byStep.metric)} ${percent(score)}`;
  return (
    <fieldset class="wall-film" aria-label="Tasks after each improvement step">
      <Explained term="improvement step">
        <span class="wall-film-title">Recursion</span>
      </Explained>
      <PlayControls
        frames={stops.length}
        place={place}
        onPlace={(next) => onStop(stops[next] ?? null)}
        label="Improvement step of all tasks"
        words={words ? `${where}, ${words}` : where}
      >
        {where}
        {words && <span class="wall-film-score">{words}</span>}
      </PlayControls>
      {kind === 'arc' && at !== null && (
        <p class="sub-inline">Each tile is answered on the task as it is, one of the examples that vote; the score counts the votes.</p>
      )}
    </fieldset>
  );
}

/** Behind the last step that is a stop comes the end. */
export function placeOf(stops: readonly Stop[], stop: Stop): number {
  const place = stop === null ? -1 : stops.findIndex((each) => each !== null && each >= stop);
  return place < 0 ? stops.length - 1 : place;
}
