import { useEffect, useState } from 'preact/hooks';
import { ago, exact } from '../format/time';

/** The present in milliseconds, renewed every so often. */
export function useNow(everyMillis: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMillis);
    return () => clearInterval(timer);
  }, [everyMillis]);
  return now;
}

export function Ago({ time }: { readonly time: string }) {
  const now = useNow(30_000);
  return (
    <time dateTime={time} title={exact(time)}>
      {ago(time, now)}
    </time>
  );
}
