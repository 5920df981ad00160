import type { Evaluation } from '../api/types';
import { LiveDot } from '../board/Activity';
import { count, percent, plural } from '../format/numbers';
import { duration } from '../format/time';
import { progress } from '../live/activity';
import type { LiveStatus } from '../live/events';
import { Ago, useNow } from '../shell/Ago';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { Controls } from './Controls';
import { Progress } from './State';
import { trainingWords } from './Training';

interface UnderWayProps {
  readonly evaluation: Evaluation;
  readonly status: LiveStatus;
  readonly take: (evaluation: Evaluation) => void;
}

/** An evaluation that is not over: how far, how fast, who works on it, and what it waits for. */
export function UnderWay({ evaluation, status, take }: UnderWayProps) {
  const now = useNow(1000);
  const since = Date.parse(evaluation.startedAt ?? evaluation.createdAt);
  const left = evaluation.progress?.secondsLeft ?? null;
  return (
    <section class="card under-way" aria-label="Progress">
      <div class="under-way-head">
        {evaluation.state === 'paused' ? <span class="big">Paused</span> : <span class="big num">{percent(progress(evaluation))}</span>}
        <span class="facts">
          <span>{stage(evaluation, duration(Math.max(0, now - since)))}</span>
          {left !== null && evaluation.state === 'running' && <span>about {duration(left * 1000)} left</span>}
          <LiveDot status={status} />
        </span>
        <Controls evaluation={evaluation} take={take} />
      </div>
      <Progress evaluation={evaluation} />
      <Units evaluation={evaluation} />
    </section>
  );
}

function stage(evaluation: Evaluation, time: string): string {
  if (evaluation.training?.checkpoint === null && evaluation.state === 'running') return trainingWords(evaluation.training);
  if (evaluation.state === 'paused') return `at ${percent(progress(evaluation))}; nothing runs until it is resumed`;
  return evaluation.startedAt ? `running for ${time}` : `${queueWords(evaluation)} for ${time}`;
}

/** What a queued evaluation waits for. */
export function queueWords(evaluation: Evaluation): string {
  const position = evaluation.progress?.queuePosition ?? null;
  return position === null ? 'waiting for a solver' : `number ${count(position)} in the queue`;
}

function Units({ evaluation }: { readonly evaluation: Evaluation }) {
  const shown = evaluation.progress;
  if (shown === null) return null;
  return (
    <>
      <dl class="unit-facts">
        <Fact name="Units waiting" value={count(shown.unitsWaiting)} />
        <Fact name="Units with solvers" value={count(shown.unitsInFlight)} />
        <Fact name="Examples a second" value={shown.examplesPerSecond === null ? '–' : String(shown.examplesPerSecond)} />
        <Fact name="Priority" value={evaluation.priority} />
        <Fact name="Takes turns with" value={shown.takingTurns === 0 ? 'nobody' : plural(shown.takingTurns, 'other')} />
      </dl>
      {shown.solvers.length > 0 && (
        <ul class="solver-list" aria-label="Solvers at work on it">
          {shown.solvers.map((solver) => (
            <li key={solver.name}>
              <strong>
                <Name>{solver.name}</Name>
              </strong>{' '}
              <span class="sub-inline">{solver.device}</span>
              <span class="sub-inline">
                unit {solver.unit}, {plural(solver.steps ?? 0, 'step')}, last heartbeat <Ago time={solver.heartbeatAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {shown.solvers.length === 0 && evaluation.state !== 'paused' && (
        <p class="sub-inline">
          {shown.heardAt ? (
            <>
              No solver works on it right now; last report <Ago time={shown.heardAt} />.
            </>
          ) : (
            'No solver has reported on it yet.'
          )}{' '}
          <a href={to.operations()}>See the solvers</a>
        </p>
      )}
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="num">{value}</dd>
    </div>
  );
}
