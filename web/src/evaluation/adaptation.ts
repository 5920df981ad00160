import type { Run } from '../api/types';
import { percent, points } from '../format/numbers';

const scoreOf = (evaluation: Run): number | undefined => evaluation.scores[evaluation.mainMetric];

/** The same run but for what its rows are. */
function isTwin(a: Run, b: Run): boolean {
  const { protocol: p } = a;
  const { protocol: q } = b;
  return (
    p.steps === q.steps &&
    p.dtype === q.dtype &&
    p.augmentations === q.augmentations &&
    p.earlyHalting === q.earlyHalting &&
    JSON.stringify(a.hyperParameters) === JSON.stringify(b.hyperParameters)
  );
}

/**
 * What it bought to train on the demonstrations, a sentence for each run that did: beside the same run with rows at their mean, else
 * with the blank identifier. None until both have a score.
 */
export function gainOfAdaptation(evaluation: Run, variants: readonly Run[]): string[] {
  const all = [evaluation, ...variants].filter((each) => scoreOf(each) !== undefined);
  const adapted = all.filter(({ protocol }) => protocol.adaptation !== null && protocol.adaptation.steps > 0);
  return adapted.flatMap((after) => {
    const twins = all.filter((other) => isTwin(after, other));
    const before = twins.find(({ protocol }) => protocol.adaptation?.steps === 0) ?? twins.find(({ protocol }) => protocol.blankIdentifier);
    const [was, is] = [before && scoreOf(before), scoreOf(after)];
    if (!before || was === undefined || is === undefined) return [];
    const rows = before.protocol.blankIdentifier ? 'with the blank identifier' : 'with every row at the mean';
    const { mode, steps } = after.protocol.adaptation ?? {};
    const [what, each] = mode === 'all' ? ['it was', 'all weights'] : ['its rows were', 'each row'];
    return [
      `Before ${what} adapted, ${rows}, the network scores ${percent(was)}; after ${steps} training steps of ${each}, ${percent(is)} (${points(is - was)}).`,
    ];
  });
}
