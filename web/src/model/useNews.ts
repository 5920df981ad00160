import { useEffect, useRef, useState } from 'preact/hooks';
import type { EvaluationState } from '../api/types';
import { type LiveStatus, listen } from '../live/events';

/**
 * Calls when an evaluation of the model comes up or gets into another state, and when that may have happened unheard. How far
 * each is would be news a few times a second, and is on its own page.
 */
export function useNews(model: string, onNews: () => void): LiveStatus {
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const heard = useRef(new Map<string, EvaluationState>());
  useEffect(
    () =>
      listen({
        onEvaluation: (evaluation) => {
          if (evaluation.model !== model || heard.current.get(evaluation.id) === evaluation.state) return;
          heard.current.set(evaluation.id, evaluation.state);
          onNews();
        },
        onStatus: setStatus,
        onGap: onNews,
      }),
    [model, onNews],
  );
  return status;
}
