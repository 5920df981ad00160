import { count, plural } from '../format/numbers';
import { Icon } from '../shell/Icon';

interface ToolsProps {
  readonly filter: string;
  readonly placeholder: string;
  readonly onFilter: (filter: string) => void;
  /** How many rows the filter leaves, and of how many. */
  readonly shown: number;
  readonly all: number;
  /** "evaluation", "puzzle set" */
  readonly one: string;
}

/** Finds rows of a list, and says how many there are. */
export function ListTools({ filter, placeholder, onFilter, shown, all, one }: ToolsProps) {
  return (
    <div class="board-tools">
      <label class="filter">
        <span>Filter</span>
        <input
          type="search"
          value={filter}
          placeholder={placeholder}
          spellcheck={false}
          onInput={(event) => onFilter(event.currentTarget.value)}
        />
      </label>
      <p class="facts" role="status">
        {shown === all ? plural(all, one) : `${count(shown)} of ${plural(all, one)}`}
      </p>
    </div>
  );
}

interface OlderProps {
  /** Address of the newest page; null on it. */
  readonly newest: string | null;
  /** Address of the page behind this one; null on the last. */
  readonly older: string | null;
}

export function Older({ newest, older }: OlderProps) {
  if (newest === null && older === null) return null;
  return (
    <nav class="older" aria-label="Pages of the list">
      {newest !== null && (
        <a class="button" href={newest}>
          <Icon name="previous" /> Newest
        </a>
      )}
      {older !== null && (
        <a class="button" rel="next" href={older}>
          Older <Icon name="next" />
        </a>
      )}
    </nav>
  );
}
