import { MOST_COMPARED, to } from '../shell/routes';
import type { Choosing } from './choosing';

interface ChooseProps {
  readonly id: string;
  /** Whose row it is. */
  readonly name: string;
  readonly chosen: boolean;
  /** Whether as many are chosen as can be. */
  readonly full: boolean;
  readonly onChoose: (id: string) => void;
}

/** The checkbox of a row. */
export function Choose({ id, name, chosen, full, onChoose }: ChooseProps) {
  return (
    <td class="choose">
      <input type="checkbox" aria-label={`Compare ${name}`} checked={chosen} disabled={full && !chosen} onChange={() => onChoose(id)} />
    </td>
  );
}

/** The head of a column of checkboxes. */
export function ChooseHead() {
  return (
    <th scope="col" class="choose">
      <span class="sr">Compare</span>
    </th>
  );
}

/** What is chosen by now, at the lower edge of what is seen. */
export function CompareBar({ choosing }: { readonly choosing: Choosing | undefined }) {
  const count = choosing?.chosen.length ?? 0;
  const words =
    count === 0
      ? ''
      : count === 1
        ? 'Check one more to compare'
        : count === MOST_COMPARED
          ? `${MOST_COMPARED}, as many as there can be`
          : '';
  return (
    <>
      <p class="sr" role="status">
        {count > 0 && `${count} to compare`}
      </p>
      {choosing && count > 0 && (
        <section class="compare-bar" aria-label="Rows to compare">
          <span>{words}</span>
          {count > 1 && (
            <a class="button primary" href={to.compare(choosing.chosen)}>
              Compare {count}
            </a>
          )}
          <button type="button" onClick={choosing.onClear}>
            Clear
          </button>
        </section>
      )}
    </>
  );
}
