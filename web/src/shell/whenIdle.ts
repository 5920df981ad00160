/** Longest wait for a browser that is never idle. */
const PATIENCE_MILLIS = 200;

/** Does something when the browser has nothing better to do; returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  // Safari has no word for it.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 1);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(work, { timeout: PATIENCE_MILLIS });
  return () => cancelIdleCallback(asked);
}
