import type { Evaluation, Run } from '../api/types';

/** Whether a checkpoint was run here; else it is of answers that another system gave. */
export function isRun(evaluation: Evaluation): evaluation is Run {
  return evaluation.answers === null;
}

/** How its answers came about, on one line. */
export function ranBy({ protocol, answers }: Pick<Evaluation, 'protocol' | 'answers'>): string {
  return protocol?.label ?? answers?.label ?? '';
}
