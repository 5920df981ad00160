import type { PuzzleSet } from '../api/types';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';

/** Links to the puzzle sets, looking like tabs; current is null on the overview. */
export function SetTabs({ sets, current }: { readonly sets: readonly PuzzleSet[]; readonly current: string | null }) {
  return (
    <nav class="tabs" aria-label="Puzzle sets">
      <ul>
        <li>
          <a href={to.overview()} aria-current={current === null ? 'page' : undefined}>
            All
          </a>
        </li>
        {sets.map((set) => (
          <li key={set.name}>
            <a href={to.set(set.name)} aria-current={current === set.name ? 'page' : undefined}>
              <Name>{set.name}</Name>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
