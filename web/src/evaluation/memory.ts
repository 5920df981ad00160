import type { Run } from '../api/types';
import { percent } from '../format/numbers';

const scoreOf = (evaluation: Run): number | undefined => evaluation.scores[evaluation.mainMetric];

/** The same run but for this: whether the network is told which task it sees. */
function isTwin(a: Run, b: Run): boolean {
  const { protocol: p } = a;
  const { protocol: q } = b;
  return (
    p.blankIdentifier !== q.blankIdentifier &&
    p.adaptation === null &&
    q.adaptation === null &&
    p.steps === q.steps &&
    p.dtype === q.dtype &&
    p.augmentations === q.augmentations &&
    p.earlyHalting === q.earlyHalting &&
    JSON.stringify(a.hyperParameters) === JSON.stringify(b.hyperParameters)
  );
}

/** How much of the score is memory of the task, in a sentence; null until both runs have a score. */
export function memoryOfTask(evaluation: Run, variants: readonly Run[]): string | null {
  const twin = variants.find((variant) => scoreOf(variant) !== undefined && isTwin(evaluation, variant));
  if (!twin) return null;
  const [told, blank] = evaluation.protocol.blankIdentifier ? [twin, evaluation] : [evaluation, twin];
  const [withIt, without] = [scoreOf(told), scoreOf(blank)];
  if (withIt === undefined || without === undefined) return null;
  const scores = `Without being told which task it sees, the network scores ${percent(without)}; told, ${percent(withIt)}`;
  if (without >= withIt) return `${scores}. None of the score is memory of the task.`;
  return `${scores}. ${percent((withIt - without) / withIt)} of the score is memory of the task.`;
}
