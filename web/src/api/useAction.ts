import { useRef, useState } from 'preact/hooks';
import { type Problem, problemOf } from './problem';

interface State<T> {
  /** From the press until the call has ended; another press does nothing meanwhile. */
  readonly pending: boolean;
  /** Why the last call failed; null while the next one runs. */
  readonly problem: Problem | null;
  /** What the last call answered. */
  readonly value: T | undefined;
}

export interface Action<A extends readonly unknown[], T> extends State<T> {
  readonly run: (...args: A) => void;
  /** The problem and the value are those of an earlier choice: they are shown no more. */
  readonly forget: () => void;
}

const IDLE = { pending: false, problem: null, value: undefined } as const;

/** A call of the API that somebody asks for, by a button say. */
export function useAction<A extends readonly unknown[], T>(call: (...args: A) => Promise<T>): Action<A, T> {
  const [state, setState] = useState<State<T>>(IDLE);
  // Known at once: a second press may come before the button is drawn as disabled.
  const running = useRef(false);
  const end = (ended: State<T>) => {
    running.current = false;
    setState(ended);
  };
  const run = (...args: A) => {
    if (running.current) return;
    running.current = true;
    setState({ ...IDLE, pending: true });
    call(...args).then(
      (value) => end({ ...IDLE, value }),
      (error: unknown) => end({ ...IDLE, problem: problemOf(error) }),
    );
  };
  const forget = () => setState(({ pending }) => ({ ...IDLE, pending }));
  return { ...state, run, forget };
}
