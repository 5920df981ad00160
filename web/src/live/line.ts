import type { ToHub, ToTab } from './hub';
import type { LiveStatus } from './source';

/** A part of the page that listens. */
export interface LineListener {
  /** @param data of an event, as it came */
  readonly onData: (data: string) => void;
  /** At once, and at every change. */
  readonly onStatus: (status: LiveStatus) => void;
}

/** The tab's end of what connects it with its hub. */
export interface Hub {
  onmessage: ((event: MessageEvent<ToTab>) => unknown) | null;
  postMessage(message: ToHub): void;
}

export type Line = (listener: LineListener) => () => void;

/**
 * What this tab listens by, however many of its parts do. The hub hears whether anything of it is wanted: nothing is while
 * the tab is hidden; what others want comes all the same.
 *
 * @param join connects with the hub; calls `broken` when that turns out to be none: then it is asked once more
 */
export function line(join: (broken: () => void) => Hub): Line {
  const listeners = new Set<LineListener>();
  let status: LiveStatus = 'connecting';
  let hub: Hub | undefined;

  const say = () => hub?.postMessage(listeners.size > 0 && !document.hidden ? 'wanted' : 'unwanted');
  const connect = () => {
    const joined = join(() => {
      if (hub === joined) connect();
    });
    hub = joined;
    joined.onmessage = ({ data: message }) => {
      if ('status' in message) {
        status = message.status;
        for (const listener of [...listeners]) listener.onStatus(status);
      } else {
        for (const listener of [...listeners]) listener.onData(message.data);
      }
    };
    say();
  };
  const leave = () => {
    hub?.postMessage('gone');
    hub = undefined;
    status = 'connecting';
  };
  // A page that is shown again as it was left, by the browser's button back.
  const comeBack = () => {
    if (!hub && listeners.size > 0) connect();
  };

  return (listener) => {
    listeners.add(listener);
    listener.onStatus(status);
    if (hub) {
      say();
    } else {
      // The same function is added once, however often.
      document.addEventListener('visibilitychange', say);
      addEventListener('pagehide', leave);
      addEventListener('pageshow', comeBack);
      connect();
    }
    return () => {
      listeners.delete(listener);
      say();
    };
  };
}
