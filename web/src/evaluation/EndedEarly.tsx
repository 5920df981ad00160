import type { Evaluation } from '../api/types';
import { plural } from '../format/numbers';
import { Notice } from '../shell/Notice';
import { Lines } from '../shell/Scrolling';
import { Controls } from './Controls';

interface EndedProps {
  readonly evaluation: Evaluation;
  readonly take: (evaluation: Evaluation) => void;
}

/** Failed or cancelled: why, what to do, and what the solver said. */
export function EndedEarly({ evaluation, take }: EndedProps) {
  const { failure } = evaluation;
  const missing = evaluation.unitCount - evaluation.unitsDone;
  return (
    <Notice tone={failure ? 'error' : 'empty'} title={failure ? 'This evaluation failed' : 'This evaluation was cancelled'}>
      {failure && (
        <>
          <p>{failure.meaning}</p>
          <p class="failure">{failure.reason}</p>
          <p class="remedy">{failure.remedy}</p>
        </>
      )}
      <p class="sub-inline">
        It is not on the leaderboard.{' '}
        {missing > 0 && `A retry runs the ${plural(missing, 'unit')} that ${missing === 1 ? 'is' : 'are'} missing.`}
      </p>
      {failure && failure.log.length > 0 && (
        <details class="solver-log">
          <summary>What the solver logged</summary>
          <Lines>{failure.log.join('\n')}</Lines>
        </details>
      )}
      <Controls evaluation={evaluation} take={take} />
    </Notice>
  );
}
