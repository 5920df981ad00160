import type { Evaluation } from '../api/types';
import { ranBy } from '../evaluation/run';
import { Progress, StateBadge } from '../evaluation/State';
import { percent, plural } from '../format/numbers';
import { metricMeaning, metricName } from '../format/words';
import { progress } from '../live/activity';
import { isOver, type LiveStatus } from '../live/events';
import { Ago } from '../shell/Ago';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';

/** Evaluations under way, live, and the last ones that ended. */
export function Activity({ evaluations, status }: { readonly evaluations: readonly Evaluation[]; readonly status: LiveStatus }) {
  const running = evaluations.filter((e) => !isOver(e)).length;
  return (
    <section class="card activity" aria-labelledby="activity">
      <header class="card-head">
        <h2 id="activity">Evaluations</h2>
        <p class="facts">
          <span>{running > 0 ? `${plural(running, 'evaluation')} under way` : 'none under way'}</span>
          <LiveDot status={status} />
        </p>
      </header>
      {evaluations.length === 0 ? (
        <p class="nothing">What is submitted appears here while it runs.</p>
      ) : (
        <ul class="activity-list">
          {evaluations.map((evaluation) => (
            <Item key={evaluation.id} evaluation={evaluation} />
          ))}
        </ul>
      )}
      <p class="more">
        <a href={to.evaluations()}>All evaluations</a>
      </p>
    </section>
  );
}

function Item({ evaluation }: { readonly evaluation: Evaluation }) {
  const score = evaluation.scores[evaluation.mainMetric];
  return (
    <li data-evaluation={evaluation.id} data-state={evaluation.state}>
      <div class="activity-what">
        <a href={to.evaluation(evaluation.id)}>
          <Name>{evaluation.model}</Name>
        </a>
        <span class="on"> on </span>
        <a class="plain" href={to.set(evaluation.puzzleSet)}>
          <Name>{evaluation.puzzleSet}</Name>
        </a>
        {/* Two runs of one checkpoint are told apart by it, and no preview passes for a score. */}
        <span class="activity-protocol">{ranBy(evaluation)}</span>
      </div>
      <div class="activity-state">
        <StateBadge state={evaluation.state} />
        {evaluation.state === 'running' && <span class="num">{percent(progress(evaluation))}</span>}
        {evaluation.state === 'finished' && score !== undefined && (
          <span class="num" title={metricMeaning(evaluation.mainMetric)}>
            <span class="sr">{metricName(evaluation.mainMetric)} </span>
            {percent(score)}
          </span>
        )}
        <span class="sub-inline">
          <Ago time={evaluation.finishedAt ?? evaluation.startedAt ?? evaluation.createdAt} />
        </span>
      </div>
      {!isOver(evaluation) && <Progress evaluation={evaluation} />}
      {evaluation.state === 'failed' && evaluation.failure && <p class="failure-line">{evaluation.failure.meaning}</p>}
    </li>
  );
}

/** Whether numbers on this page move by themselves. */
export function LiveDot({ status }: { readonly status: LiveStatus }) {
  const words = status === 'live' ? 'live' : status === 'lost' ? 'reconnecting…' : 'connecting…';
  return <span class={`live live-${status}`}>{words}</span>;
}
