import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, FailedDelivery, History as HistoryAnswer } from '../api/types';
import { plural } from '../format/numbers';
import { Ago } from '../shell/Ago';
import { Name } from '../shell/Name';
import { ProblemNotice } from '../shell/Notice';
import { Lines } from '../shell/Scrolling';

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
        {value && value.troubles.length > 0 && <p class="facts">{plural(value.troubles.length, 'failed delivery', 'failed deliveries')}</p>}
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value && (
        <ol class="events">
          {value.events.map((event) => (
            <li key={`${event.at} ${event.event}`}>
              <span class="event-name">{event.event}</span> <Ago time={event.at} />{' '}
              {event.detail !== null && <span class="sub-inline">{event.detail}</span>}
            </li>
          ))}
        </ol>
      )}
      {value && value.troubles.length > 0 && (
        <details class="solver-log">
          <summary>Failed deliveries</summary>
          <ul class="reports">
            {value.troubles.map((delivery) => (
              <FailedDeliveryItem key={`${delivery.unit} ${delivery.startedAt}`} delivery={delivery} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function FailedDeliveryItem({ delivery }: { readonly delivery: FailedDelivery }) {
  return (
    <li>
      Unit {delivery.unit} on{' '}
      <strong>
        <Name>{delivery.solver}</Name>
      </strong>{' '}
      <Ago time={delivery.startedAt} />: {delivery.reason ?? 'the solver ended without a reason'}
      {delivery.log.length > 0 && <Lines>{delivery.log.join('\n')}</Lines>}
    </li>
  );
}
