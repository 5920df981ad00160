import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Loading, Notice } from './Notice';

type Load<P> = () => Promise<ComponentType<P>>;

interface LaterProps<P> {
  /** For people: "the tasks". */
  readonly what: string;
  /** The same function each time: it is called once. */
  readonly load: Load<P>;
  readonly props: P;
}

// biome-ignore lint/suspicious/noExplicitAny: each is kept under the function that gives it, which knows its properties
const loaded = new Map<Load<any>, ComponentType<any>>();

/** A page whose script is only read when it is opened: the first view does not wait for it. */
export function Later<P extends object>({ what, load, props }: LaterProps<P>) {
  const [failed, setFailed] = useState(false);
  const [, setRound] = useState(0);
  const Part: ComponentType<P> | undefined = loaded.get(load);
  useEffect(() => {
    if (failed || loaded.has(load)) return;
    load().then(
      (part) => {
        loaded.set(load, part);
        setRound((round) => round + 1);
      },
      () => setFailed(true),
    );
  }, [failed, load]);
  if (Part) return <Part {...props} />;
  if (!failed) return <Loading what={what} />;
  return (
    <Notice tone="error" title="The script of this page could not be read" retry={() => setFailed(false)}>
      <p>Is the platform still there? If it was updated meanwhile, load the page anew.</p>
    </Notice>
  );
}
