import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Overlap } from '../api/types';
import { plural } from '../format/numbers';
import { to } from '../shell/routes';

/** Said aloud: what was trained on one of these sets has seen tasks of the other. */
export function Overlaps({ name }: { readonly name: string }) {
  const { value: overlaps } = useResource<readonly Overlap[]>(api.overlaps(name));
  if (!overlaps || overlaps.length === 0) return null;
  return (
    <section class="card overlaps" aria-labelledby="overlaps">
      <header class="card-head">
        <h2 id="overlaps">Tasks that other sets have, too</h2>
      </header>
      <ul>
        {overlaps.map((overlap) => (
          <li key={overlap.set}>
            <details>
              <summary>
                {plural(overlap.tasks.length, 'task')} also in <a href={to.set(overlap.set)}>{overlap.set}</a>
              </summary>
              <p class="mono">{overlap.tasks.join(' ')}</p>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
