export type LiveStatus = 'connecting' | 'live' | 'lost';

/** The part of EventSource that is used here. */
export interface Source {
  readonly readyState: number;
  onopen: ((event: Event) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface Follower {
  /** @param data of an event, as it came */
  readonly onData: (data: string) => void;
  readonly onStatus: (status: LiveStatus) => void;
}

const CLOSED = 2;
const FIRST_WAIT_MILLIS = 1000;
const LONGEST_WAIT_MILLIS = 15_000;

/**
 * Follows server-sent events of one name until the returned function is called.
 * The browser reconnects by itself after a broken connection, but gives up for good after an error status, as a
 * restarting or a full platform gives: then a new source is opened, with growing waits.
 */
export function follow(name: string, open: () => Source, follower: Follower): () => void {
  let source: Source;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MILLIS;
  let stopped = false;

  const connect = () => {
    source = open();
    source.onopen = () => {
      wait = FIRST_WAIT_MILLIS;
      follower.onStatus('live');
    };
    source.onerror = () => {
      if (stopped) return;
      follower.onStatus('lost');
      if (source.readyState !== CLOSED) return;
      source.close();
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
    };
    source.addEventListener(name, (event) => {
      if (!stopped) follower.onData(event.data);
    });
  };

  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}
