import { useEffect, useState } from 'preact/hooks';
import { whenIdle } from './whenIdle';

/**
 * How many of a long list are made by now: so many at once, as many more each time that the browser is idle, up to all. Never
 * fewer again, so that what was there does not vanish when the list gets shorter for a while, unless it has become another list.
 *
 * @param list tells one list from another
 */
export function useGrowing(all: number, step: number, list = ''): number {
  const [grown, setGrown] = useState({ list, ready: step });
  const ready = grown.list === list ? grown.ready : step;
  useEffect(() => (ready < all ? whenIdle(() => setGrown({ list, ready: ready + step })) : undefined), [ready, all, step, list]);
  return Math.min(ready, all);
}
