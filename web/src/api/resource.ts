import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { answers } from './answers';
import { Problem, problemOf, readProblem, unreachable } from './problem';

const REMEMBERED = 60;
const RETRY_MILLIS = 4000;

/** GETs JSON; throws a {@link Problem} for every other outcome, an abort excepted. */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return exchange(path, { headers: { Accept: 'application/json' } }, signal);
}

/** POSTs JSON; throws a {@link Problem} for every refusal. */
export function postJson<T>(path: string, body: unknown): Promise<T> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return exchange(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** DELETEs; throws a {@link Problem} for every refusal. */
export function deleteJson<T>(path: string): Promise<T> {
  return exchange(path, { method: 'DELETE', headers: { Accept: 'application/json' } });
}

/** Asks for something that is done later; the answer says no more than that it will be. */
export async function postWish(path: string): Promise<void> {
  await send(path, { method: 'POST', headers: { Accept: 'application/json' } });
}

async function send(path: string, request: RequestInit, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...request, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}

async function exchange<T>(path: string, request: RequestInit, signal?: AbortSignal): Promise<T> {
  const response = await send(path, request, signal);
  try {
    return (await response.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem({
      status: response.status,
      title: 'The answer of the platform could not be read',
      problem: `${path} did not answer with JSON.`,
      remedy: 'Is something else than trm-arena listening on this port?',
    });
  }
}

export interface Resource<T> {
  /** The newest answer; an old one stays while it is read anew or while reading fails. */
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/**
 * The answer of one address, read when the address changes and on reload(); null reads nothing.
 * While nothing answers it tries again by itself.
 */
export function useResource<T>(path: string | null): Resource<T> {
  const [state, setState] = useState<{ path: string | null; value?: T; problem?: Problem }>({ path: null });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const newest = useRef(state);
  newest.current = state;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads the same address once more
  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    getJson<T>(path, abort.signal).then(
      (value) => {
        if (abort.signal.aborted) return;
        remember(path, value);
        setState({ path, value });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const problem = problemOf(error);
        const old = newest.current.path === path ? newest.current.value : (answers.get(path) as T | undefined);
        setState(old === undefined ? { path, problem } : { path, value: old, problem });
        if (problem.details.status === 0 || problem.details.status >= 500) retry = setTimeout(reload, RETRY_MILLIS);
      },
    );
    return () => {
      abort.abort();
      clearTimeout(retry);
    };
  }, [path, round, reload]);

  if (path === null) return { value: undefined, problem: undefined, reload };
  if (state.path === path) return { value: state.value, problem: state.problem, reload };
  return { value: answers.get(path) as T | undefined, problem: undefined, reload };
}

/** Reads an answer before it is asked for; failing is no harm, it is then read when it is. */
export function prefetch(path: string): void {
  if (answers.has(path)) return;
  getJson(path).then(
    (value) => remember(path, value),
    () => undefined,
  );
}

/** What was read before may tell of what is gone. */
export function forgetAnswers(): void {
  answers.clear();
}

function remember(path: string, value: unknown): void {
  answers.delete(path);
  answers.set(path, value);
  if (answers.size > REMEMBERED) {
    const oldest = answers.keys().next();
    if (!oldest.done) answers.delete(oldest.value);
  }
}
