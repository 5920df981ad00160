import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Inspection, PuzzleSet, RequestedProtocol, Solver } from '../api/types';
import { plural, short } from '../format/numbers';
import { duration } from '../format/time';
import { Name } from '../shell/Name';

interface EstimateProps {
  readonly inspection: Inspection;
  readonly set: PuzzleSet;
  readonly protocol: RequestedProtocol;
}

/** How long it will take, before it is started; how many operations it is where this platform has not shown its speed. */
export function Estimate({ inspection, set, protocol }: EstimateProps) {
  const solvers = useResource<readonly Solver[]>(api.solvers()).value?.filter(({ alive }) => alive).length ?? 0;
  const work = estimated(inspection, set, protocol);
  if (work === null) return null;
  // Of a family whose rows leave when they are sure, as of every network that may end a row early.
  const atMost = protocol.earlyHalting || Number(inspection.hyperParameters.haltProbThres ?? 0) > 0;
  return (
    <p class="sub-inline" data-operations={work.operations}>
      {atMost ? 'At most ' : 'About '}
      {work.millis === null
        ? `${short(work.operations)} operations for ${plural(work.examples, 'example')}: how long that takes is known once something has run here`
        : `${duration(work.millis)} of one solver for ${plural(work.examples, 'example')}, at the speed of the last evaluations here`}
      {work.millis !== null && solvers > 1 && `; the ${plural(solvers, 'solver')} alive need ${duration(work.millis / solvers)}`}.
      {work.operations > work.most && (
        <>
          {' '}
          That is more than the {short(work.most)} that an evaluation on <Name>{set.name}</Name> may take: ask for fewer steps or
          augmentations.
        </>
      )}
    </p>
  );
}

/** @returns null where the checkpoint does not fit or the fields say no number */
export function estimated(inspection: Inspection, set: PuzzleSet, protocol: RequestedProtocol) {
  const fit = inspection.fits.find(({ puzzleSet }) => puzzleSet === set.name);
  const adaptation = protocol.adaptation ?? null;
  if (!fit || !(fit.fits || (fit.adapts && adaptation)) || !protocol.steps || protocol.steps < 1) return null;
  const examples = voting(set, protocol.augmentations ?? null);
  // No more rows than the set has; the blank one answers nothing.
  const rows = Math.min(examples, Math.max(1, set.identifierCount - 1));
  // Rows are trained each for itself; all weights once, in steps of 8 examples unless said.
  const trained = adaptation?.mode === 'all' ? (adaptation.slots ?? 8) : (adaptation?.slots ?? 1) * rows;
  const training = adaptation ? fit.operationsPerTrainingStep * adaptation.steps * trained : 0;
  const operations = fit.operationsPerStep * protocol.steps * examples + training;
  const speed = inspection.operationsPerSecond;
  return { examples, operations, most: fit.mostOperations, millis: speed ? (operations / speed) * 1000 : null };
}

/** Of a part of the augmentations the page knows only how many there can be: the task as it is and so many more. */
function voting({ exampleCount, taskCount }: PuzzleSet, augmentations: number | null): number {
  return augmentations === null ? exampleCount : Math.min(exampleCount, taskCount * (augmentations + 1));
}
