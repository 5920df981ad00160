import type { Evaluation, EvaluationState } from '../api/types';
import { count, plural } from '../format/numbers';
import { progress } from '../live/activity';
import { Icon, type IconName } from '../shell/Icon';

const ICONS: Record<EvaluationState, IconName> = {
  queued: 'queued',
  running: 'running',
  paused: 'pause',
  finished: 'right',
  failed: 'wrong',
  cancelled: 'wrong',
};

export function StateBadge({ state }: { readonly state: EvaluationState }) {
  return (
    <span class={`badge badge-${state}`} data-state={state}>
      <Icon name={ICONS[state]} />
      {state}
    </span>
  );
}

export function Progress({ evaluation }: { readonly evaluation: Evaluation }) {
  const { examplesDone, exampleCount, unitsDone, unitCount } = evaluation;
  const words = `${count(examplesDone)} of ${plural(exampleCount, 'example')}, ${count(unitsDone)} of ${plural(unitCount, 'work unit')}`;
  return (
    <div class="progress">
      <progress max={1} value={progress(evaluation)} aria-label={`Progress of ${evaluation.model}`} aria-valuetext={words} />
      <span class="sub-inline">{words}</span>
    </div>
  );
}
