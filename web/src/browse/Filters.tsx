import { useEffect, useState } from 'preact/hooks';
import type { SetTaskPage } from '../api/types';
import { upTo } from '../grid/cells';
import { colours, usePalette } from '../grid/palette';
import { ARC_NAMES } from '../grid/tokens';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import {
  ALL_TASKS,
  isFiltered,
  LONGEST_FIND,
  type SetTaskSort,
  SIZES,
  type Size,
  SOLVED,
  type SolvedBy,
  setTaskSortName,
  setTaskSorts,
  type TasksView,
  withColour,
} from './tasksView';

interface FiltersProps {
  readonly set: string;
  readonly view: TasksView;
  readonly page: SetTaskPage;
}

/** Which tasks are listed; each choice is an address of its own. */
export function Filters({ set, view, page }: FiltersProps) {
  const go = (next: Partial<TasksView>) => navigate(to.setTasks(set, { ...view, after: null, ...next }), true);
  const counted = page.models > 0 && !page.solutionsHidden;
  const arc = page.kind === 'arc';
  return (
    <search class="task-filters" aria-label="Tasks">
      <Find arc={arc} view={view} onFind={(find) => go({ find })} />
      {counted && (
        <label>
          Solved{' '}
          <select value={view.solved ?? ''} onChange={(event) => go({ solved: (event.currentTarget.value || null) as SolvedBy | null })}>
            <option value="">by any number</option>
            {Object.entries(SOLVED).map(([key, words]) => (
              <option key={key} value={key}>
                {words.replace('solved ', '')}
              </option>
            ))}
          </select>
        </label>
      )}
      {arc && (
        <label>
          Longest side{' '}
          <select value={view.size ?? ''} onChange={(event) => go({ size: (event.currentTarget.value || null) as Size | null })}>
            <option value="">any</option>
            {Object.entries(SIZES).map(([key, words]) => (
              <option key={key} value={key}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Sort{' '}
        <select value={view.sort} onChange={(event) => go({ sort: event.currentTarget.value as SetTaskSort })}>
          {setTaskSorts(counted).map((sort) => (
            <option key={sort} value={sort}>
              {setTaskSortName(sort)}
            </option>
          ))}
        </select>
      </label>
      {arc && <Colours chosen={view.colours} onColour={(colour) => go(withColour(view, colour))} />}
      {isFiltered(view) && (
        <a class="button" href={to.setTasks(set, { ...ALL_TASKS, sort: view.sort })}>
          All tasks
        </a>
      )}
    </search>
  );
}

/** A moment after the last letter, or at once with Enter. */
const TYPING_MILLIS = 400;

interface FindProps {
  readonly arc: boolean;
  readonly view: TasksView;
  readonly onFind: (find: string | null) => void;
}

function Find({ arc, view, onFind }: FindProps) {
  const [text, setText] = useState(view.find ?? '');
  const wanted = text.trim() || null;
  useEffect(() => setText(view.find ?? ''), [view.find]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed is looked for, and only a moment later
  useEffect(() => {
    if (wanted === view.find) return;
    const timer = setTimeout(() => onFind(wanted), TYPING_MILLIS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== view.find) onFind(wanted);
      }}
    >
      <label>
        {arc ? 'Find by name' : 'Find by number'}{' '}
        <input
          type="search"
          maxLength={LONGEST_FIND}
          inputMode={arc ? 'text' : 'numeric'}
          autoComplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
    </form>
  );
}

interface ColoursProps {
  readonly chosen: readonly number[];
  readonly onColour: (colour: number) => void;
}

function Colours({ chosen, onColour }: ColoursProps) {
  const [palette] = usePalette();
  const shown = colours(palette);
  return (
    <fieldset class="try-values try-values-arc" aria-label="Colours that occur">
      <span class="task-filters-word" aria-hidden="true">
        With colours
      </span>
      {upTo(shown.length).map((colour) => (
        <button
          key={colour}
          type="button"
          aria-pressed={chosen.includes(colour)}
          aria-label={ARC_NAMES[colour] ?? String(colour)}
          title={ARC_NAMES[colour] ?? String(colour)}
          style={{ '--colour': shown[colour] ?? '' }}
          onClick={() => onColour(colour)}
        >
          <span class="swatch" />
        </button>
      ))}
    </fieldset>
  );
}
