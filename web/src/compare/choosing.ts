import { useCallback, useMemo, useState } from 'preact/hooks';
import { MOST_COMPARED } from '../shell/routes';

/** The rows of a board that are to be compared. */
export interface Choosing {
  readonly chosen: readonly string[];
  /** Takes an evaluation in, or leaves it out again. */
  readonly onChoose: (id: string) => void;
  readonly onClear: () => void;
}

/** @param list tells one board from another: what was chosen on one is nothing on the next */
export function useChoosing(list: string): Choosing {
  const [state, setState] = useState<{ readonly list: string; readonly chosen: readonly string[] }>({ list, chosen: [] });
  const chosen = state.list === list ? state.chosen : NONE;
  const onChoose = useCallback(
    (id: string) =>
      setState((before) => {
        const old = before.list === list ? before.chosen : NONE;
        if (old.includes(id)) return { list, chosen: old.filter((other) => other !== id) };
        return old.length < MOST_COMPARED ? { list, chosen: [...old, id] } : before;
      }),
    [list],
  );
  const onClear = useCallback(() => setState({ list, chosen: NONE }), [list]);
  return useMemo(() => ({ chosen, onChoose, onClear }), [chosen, onChoose, onClear]);
}

const NONE: readonly string[] = [];
