import { api } from '../api/paths';
import { type Evaluation, type EvaluationState, RULES } from '../api/types';
import { hub, type Port } from './hub';
import { type Hub, type Line, line } from './line';
import type { LiveStatus } from './source';

export type { LiveStatus } from './source';

const OVER: readonly EvaluationState[] = RULES.overIn;

export interface LiveListener {
  readonly onEvaluation: (evaluation: Evaluation) => void;
  readonly onStatus?: (status: LiveStatus) => void;
  /** Events come from now on, and some may have been missed before: what they would have said must be read anew. */
  readonly onGap?: () => void;
}

export function isOver(evaluation: Evaluation): boolean {
  return OVER.includes(evaluation.state);
}

const SHARED = typeof SharedWorker === 'function';

let own: Line | undefined;
let failed = false;

/** Listens to the events of all evaluations until the returned function is called. */
export function listen(listener: LiveListener, by?: Line): () => void {
  let missed = false;
  own ??= line(SHARED ? joinShared : joinAlone);
  return (by ?? own)({
    onStatus: (status) => {
      listener.onStatus?.(status);
      if (missed && status === 'live') listener.onGap?.();
      missed = status !== 'live';
    },
    onData: (data) => {
      const evaluation = parse(data);
      if (evaluation) listener.onEvaluation(evaluation);
    },
  });
}

/** The next one who listens does so as after a reload of the page. */
export function hangUp(): void {
  own = undefined;
}

/** All tabs of a browser have one stream, in a worker; where that cannot be started, each has its own. */
function joinShared(broken: () => void): Hub {
  if (failed) return joinAlone();
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'events' });
  worker.onerror = () => {
    failed = true;
    broken();
  };
  return worker.port;
}

/** A hub in this tab. */
export function joinAlone(): Hub {
  const tab: Hub = { onmessage: null, postMessage: (data) => port.onmessage?.(new MessageEvent('message', { data })) };
  const port: Port = { onmessage: null, postMessage: (data) => tab.onmessage?.(new MessageEvent('message', { data })) };
  hub(RULES.liveEvent, () => new EventSource(api.events()), 0)(port);
  return tab;
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
