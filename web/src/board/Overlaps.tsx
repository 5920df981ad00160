import { useEffect } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Overlap } from '../api/types';
import { count, plural } from '../format/numbers';
import { Name, Names } from '../shell/Name';
import { to } from '../shell/routes';
import type { BoardView } from './view';

const LOOK_MILLIS = 4000;

/** Said aloud: what was trained on one of these sets has seen tasks of the other. */
export function Overlaps({ name, view }: { readonly name: string; readonly view: BoardView }) {
  const { value: overlaps, reload } = useResource<readonly Overlap[]>(api.overlaps(name));
  const underWay = overlaps?.some((overlap) => !overlap.counted) ?? false;
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(reload, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [underWay, reload]);
  if (!overlaps || overlaps.length === 0) return null;
  return (
    <section class="card overlaps" aria-labelledby="overlaps">
      <header class="card-head">
        <h2 id="overlaps">Tasks that other sets have, too</h2>
      </header>
      <ul>
        {overlaps.map((overlap) => (
          <li key={overlap.set}>
            {overlap.counted ? (
              <>
                <Shared overlap={overlap} />
                <LeaveOut name={name} overlap={overlap} view={view} />
              </>
            ) : (
              <p class="nothing">
                Tasks also in <Name>{overlap.set}</Name> are being counted.
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Shared({ overlap }: { readonly overlap: Overlap }) {
  return (
    <details>
      <summary>
        {plural(overlap.taskCount, 'task')} also in <Name>{overlap.set}</Name>
      </summary>
      <p>
        <a href={to.set(overlap.set)}>
          Board of <Name>{overlap.set}</Name>
        </a>
      </p>
      <p class="mono">
        <Names of={overlap.tasks} />
        {overlap.taskCount > overlap.tasks.length && ` and ${count(overlap.taskCount - overlap.tasks.length)} more`}
      </p>
    </details>
  );
}

function LeaveOut({ name, overlap, view }: { readonly name: string; readonly overlap: Overlap; readonly view: BoardView }) {
  const active = overlap.set === view.without;
  const n = overlap.taskCount;
  return (
    <a class="button" href={to.set(name, { ...view, without: active ? null : overlap.set })} aria-current={active ? 'true' : undefined}>
      {active
        ? `Count ${n === 1 ? 'this task' : `these ${n} tasks`} again`
        : `Leave ${n === 1 ? 'this task' : `these ${n} tasks`} out of the scores`}
    </a>
  );
}
