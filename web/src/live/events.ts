import { type Evaluation, type EvaluationState, RULES } from '../api/types';

const OVER: readonly EvaluationState[] = RULES.overIn;

export type LiveStatus = 'connecting' | 'live' | 'lost';

export interface LiveListener {
  readonly onEvaluation: (evaluation: Evaluation) => void;
  readonly onStatus?: (status: LiveStatus) => void;
  /** Connected again after a gap: events may have been missed, what they would have said must be read anew. */
  readonly onGap?: () => void;
}

/** The part of EventSource that is used here. */
export interface Source {
  readonly readyState: number;
  onopen: ((event: Event) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

const CLOSED = 2;
const FIRST_WAIT_MILLIS = 1000;
const LONGEST_WAIT_MILLIS = 15_000;

export function isOver(evaluation: Evaluation): boolean {
  return OVER.includes(evaluation.state);
}

/**
 * Listens to server-sent events of evaluations until the returned function is called.
 * The browser reconnects by itself after a broken connection, but gives up for good after an error status, as a
 * restarting platform gives: then a new source is opened, with growing waits.
 */
export function listen(
  path: string,
  listener: LiveListener,
  open: (path: string) => Source = (address) => new EventSource(address),
): () => void {
  let source: Source;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MILLIS;
  let connectedBefore = false;
  let stopped = false;

  const connect = () => {
    source = open(path);
    source.onopen = () => {
      wait = FIRST_WAIT_MILLIS;
      listener.onStatus?.('live');
      if (connectedBefore) listener.onGap?.();
      connectedBefore = true;
    };
    source.onerror = () => {
      if (stopped) return;
      listener.onStatus?.('lost');
      if (source.readyState !== CLOSED) return;
      source.close();
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
    };
    source.addEventListener(RULES.liveEvent, (event) => {
      if (stopped) return;
      const evaluation = parse(event.data);
      if (evaluation) listener.onEvaluation(evaluation);
    });
  };

  listener.onStatus?.('connecting');
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}

/** A line that cannot be read is skipped: the next one says it all again. */
function parse(data: string): Evaluation | null {
  try {
    const value = JSON.parse(data) as Evaluation | null;
    return value && typeof value.id === 'string' && typeof value.state === 'string' ? value : null;
  } catch {
    return null;
  }
}
