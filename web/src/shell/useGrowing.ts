import { useEffect, useState } from 'preact/hooks';
import { whenIdle } from './whenIdle';

/**
 * How many of a long list are made by now: so many at once, as many more each time that the browser is idle, up to all.
 * Never fewer again, so that what was there does not vanish when the list gets shorter for a while.
 */
export function useGrowing(all: number, step: number): number {
  const [ready, setReady] = useState(step);
  useEffect(() => (ready < all ? whenIdle(() => setReady(ready + step)) : undefined), [ready, all, step]);
  return Math.min(ready, all);
}
