import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Resource, useResource } from '../api/resource';
import type { Evaluation, EvaluationPage } from '../api/types';
import { merged, supersedes } from './activity';
import { isOver, type LiveStatus, listen } from './events';

const LISTED = 50;

/** The newest evaluations, kept up to date by the platform's events; `onEnd` hears of each that ends meanwhile. */
export function useEvaluations(onEnd: (evaluation: Evaluation) => void): {
  readonly evaluations: Resource<readonly Evaluation[]>;
  readonly status: LiveStatus;
} {
  const listed = useResource<EvaluationPage>(api.evaluations(LISTED));
  const [news, setNews] = useState<readonly Evaluation[]>([]);
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const ended = useRef(onEnd);
  ended.current = onEnd;
  const reload = listed.reload;

  useEffect(
    () =>
      listen({
        onEvaluation: (evaluation) => {
          setNews((old) => merged(old, evaluation));
          if (isOver(evaluation)) ended.current(evaluation);
        },
        onStatus: setStatus,
        onGap: reload,
      }),
    [reload],
  );

  const value = listed.value && news.reduce(merged, listed.value.evaluations);
  return { evaluations: { ...listed, value }, status };
}

interface LiveEvaluation {
  readonly status: LiveStatus;
  /** Shows what a command answered; one that is taken up again is listened to again. */
  readonly take: (evaluation: Evaluation) => void;
}

/** One evaluation, live until it ends. */
export function useEvaluation(id: string): Resource<Evaluation> & LiveEvaluation {
  const read = useResource<Evaluation>(api.evaluation(id));
  const [news, setNews] = useState<Evaluation | null>(null);
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const known = read.value;
  const reload = read.reload;
  const newest = news && news.id === id && (!known || supersedes(news, known)) ? news : known;
  const listening = newest !== undefined && !isOver(newest);
  const take = useCallback((next: Evaluation) => {
    setNews((old) => (old && old.id === next.id && !supersedes(next, old) ? old : next));
  }, []);

  useEffect(() => {
    if (!listening) return;
    const onEvaluation = (evaluation: Evaluation) => {
      if (evaluation.id === id) take(evaluation);
    };
    return listen({ onEvaluation, onStatus: setStatus, onGap: reload });
  }, [id, listening, take, reload]);
  return { ...read, value: newest, status, take };
}
