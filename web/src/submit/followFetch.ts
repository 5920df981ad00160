import { api } from '../api/paths';
import { type Problem, problemOf, refusal } from '../api/problem';
import { getJson } from '../api/resource';
import type { Fetch } from '../api/types';

/** How often it is asked how much the platform has fetched. */
const FOLLOW_MILLIS = 1000;

interface Listener {
  /** It is on its way. */
  readonly onShow: (now: Fetch) => void;
  readonly onWhole: (now: Fetch) => void;
  /** Nothing comes of it. */
  readonly onProblem: (last: Fetch, problem: Problem) => void;
}

/** Asks how far the platform has come, until the file is whole or nothing comes of it. @return ends the asking */
export function followFetch(begun: Fetch, upload: string, listener: Listener): () => void {
  let wanted = true;
  const show = (now: Fetch) => {
    if (!wanted) return;
    if (now.state === 'whole') listener.onWhole(now);
    else if (now.state === 'failed') listener.onProblem(now, refusal(now.problem?.status ?? 0, now.problem, api.fetchOf(upload)));
    else {
      listener.onShow(now);
      setTimeout(() => ask(now), FOLLOW_MILLIS);
    }
  };
  const ask = (last: Fetch) => {
    if (!wanted) return;
    getJson<Fetch>(api.fetchOf(upload)).then(show, (error: unknown) => {
      if (!wanted) return;
      const problem = problemOf(error);
      const { status } = problem.details;
      // The platform is back in a while.
      if (status === 0 || status >= 500) show(last);
      else listener.onProblem(last, problem);
    });
  };
  show(begun);
  return () => {
    wanted = false;
  };
}
