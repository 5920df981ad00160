import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, History as HistoryAnswer, Trouble } from '../api/types';
import { plural } from '../format/numbers';
import { Ago } from '../shell/Ago';
import { ProblemNotice } from '../shell/Notice';

/** What happened to an evaluation: read again when its state changes. */
export function History({ evaluation }: { readonly evaluation: Evaluation }) {
  return <HistoryOf key={evaluation.since} id={evaluation.id} />;
}

function HistoryOf({ id }: { readonly id: string }) {
  const { value, problem, reload } = useResource<HistoryAnswer>(api.history(id));
  return (
    <section class="card history" aria-labelledby="history">
      <header class="card-head">
        <h2 id="history">History</h2>
        {value && value.troubles.length > 0 && <p class="facts">{plural(value.troubles.length, 'trouble')} on the way</p>}
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value && (
        <ol class="events">
          {value.events.map((event, index) => (
            <li key={index}>
              <span class="event-name">{event.event}</span> <Ago time={event.at} />
              {event.detail !== null && <span class="sub-inline">{event.detail}</span>}
            </li>
          ))}
        </ol>
      )}
      {value && value.troubles.length > 0 && (
        <details class="solver-log">
          <summary>Goes at a unit that came to nothing</summary>
          <ul class="troubles">
            {value.troubles.map((trouble, index) => (
              <TroubleItem key={index} trouble={trouble} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function TroubleItem({ trouble }: { readonly trouble: Trouble }) {
  return (
    <li>
      Unit {trouble.unit} on <strong>{trouble.solver}</strong> <Ago time={trouble.startedAt} />:{' '}
      {trouble.reason ?? 'it ended without a word'}
      {trouble.log.length > 0 && <pre tabIndex={0}>{trouble.log.join('\n')}</pre>}
    </li>
  );
}
