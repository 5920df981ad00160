import { follow, type LiveStatus, type Source } from './source';

/** What a tab says: it wants events now (it is seen and shows something live), it does without, or it goes. */
export type ToHub = 'wanted' | 'unwanted' | 'gone';

/** What a tab hears: how the stream is, or the data of an event. */
export type ToTab = { readonly status: LiveStatus } | { readonly data: string };

/** The part of MessagePort that is used here. */
export interface Port {
  onmessage: ((event: MessageEvent<ToHub>) => unknown) | null;
  postMessage(message: ToTab): void;
}

/** A page that is left for another one, or a tab that is left for the next, is no reason to connect anew. */
const CLOSE_AFTER_MILLIS = 5000;

/**
 * One stream of events for all tabs: a browser has six connections to a platform, all tabs together. It is open while a tab
 * wants it, and what comes is told to all of them.
 *
 * @param closeAfter milliseconds for which it stays open when no tab wants it any more
 * @returns what takes in another tab
 */
export function hub(name: string, open: () => Source, closeAfter = CLOSE_AFTER_MILLIS): (port: Port) => void {
  const tabs = new Map<Port, boolean>();
  let status: LiveStatus = 'connecting';
  let stop: (() => void) | undefined;
  let closing: ReturnType<typeof setTimeout> | undefined;

  const tell = (message: ToTab) => {
    for (const tab of tabs.keys()) tab.postMessage(message);
  };
  const onStatus = (next: LiveStatus) => {
    status = next;
    tell({ status });
  };
  const look = () => {
    clearTimeout(closing);
    const wanted = [...tabs.values()].includes(true);
    if (wanted && !stop) stop = follow(name, open, { onStatus, onData: (data) => tell({ data }) });
    if (!wanted && stop) closing = setTimeout(close, closeAfter);
  };
  const close = () => {
    stop?.();
    stop = undefined;
    onStatus('connecting');
  };

  return (port) => {
    tabs.set(port, false);
    port.onmessage = (event) => {
      if (event.data === 'gone') tabs.delete(port);
      else tabs.set(port, event.data === 'wanted');
      look();
    };
    port.postMessage({ status });
  };
}
