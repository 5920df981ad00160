import { Icon } from '../shell/Icon';
import { to } from '../shell/routes';
import { pageLinks } from './verdict';
import type { Stop } from './wallFilm';
import type { WallView } from './wallView';

interface PagesProps {
  readonly id: string;
  readonly view: WallView;
  readonly current: number;
  readonly pages: number;
  readonly step: Stop;
}

/** The other pages of a wall that does not fit on one. */
export function Pages({ id, view, current, pages, step }: PagesProps) {
  if (pages <= 1 && current === 1) return null;
  return (
    <nav class="pages" aria-label="Pages of tasks">
      {current > 1 && (
        <a class="button" rel="prev" href={to.evaluation(id, view, Math.min(current - 1, pages), step)}>
          <Icon name="previous" /> Previous
        </a>
      )}
      <ol>
        {pageLinks(current, pages).map((n, i) =>
          n === null ? (
            <li key={i === 1 ? 'before' : 'behind'} aria-hidden="true">
              …
            </li>
          ) : (
            <li key={n}>
              <a href={to.evaluation(id, view, n, step)} aria-label={`Page ${n}`} aria-current={n === current ? 'page' : undefined}>
                {n}
              </a>
            </li>
          ),
        )}
      </ol>
      {current < pages && (
        <a class="button" rel="next" href={to.evaluation(id, view, current + 1, step)}>
          Next <Icon name="next" />
        </a>
      )}
    </nav>
  );
}
