import type { Evaluation } from '../api/types';

/** The words for what was scored here and not run here; nothing beside a run. */
export function AnswersMark({ evaluation }: { readonly evaluation: Pick<Evaluation, 'answers'> }) {
  return evaluation.answers && <span class="answers-mark">{evaluation.answers.label}</span>;
}
