import type { Evaluation } from '../api/types';
import { isOver } from './events';

/** True when `next` may replace `old`: an event that arrives late must not turn it back. */
export function supersedes(next: Evaluation, old: Evaluation): boolean {
  const later = Date.parse(next.since) - Date.parse(old.since);
  return later > 0 || (later === 0 && next.unitsDone >= old.unitsDone);
}

/** The evaluations with `next` in the place of its older state, newest first. */
export function merged(evaluations: readonly Evaluation[], next: Evaluation): readonly Evaluation[] {
  const old = evaluations.find((e) => e.id === next.id);
  if (!old) return [next, ...evaluations].sort(newestFirst);
  if (!supersedes(next, old)) return evaluations;
  return evaluations.map((e) => (e.id === next.id ? next : e));
}

/** Those under way, then the `recent` last ones that ended. */
export function activity(evaluations: readonly Evaluation[], recent: number): readonly Evaluation[] {
  const underWay = evaluations.filter((e) => !isOver(e));
  return [...underWay, ...evaluations.filter(isOver).sort(lastEndedFirst).slice(0, recent)];
}

/** Share of examples done, 0…1; where solvers tell how many steps they are in, with that part of the units that they have in hand. */
export function progress(evaluation: Evaluation): number {
  if (evaluation.state === 'finished') return 1;
  if (evaluation.exampleCount <= 0) return 0;
  return Math.min(1, Math.max(0, evaluation.examplesDone / evaluation.exampleCount + inHand(evaluation)));
}

function inHand({ progress: shown, protocol, unitCount, unitsDone }: Evaluation): number {
  if (!shown || !protocol || unitCount <= 0) return 0;
  const units = shown.solvers.reduce((sum, { steps }) => sum + Math.min(1, (steps ?? 0) / protocol.steps), 0);
  return Math.min(units, unitCount - unitsDone) / unitCount;
}

function newestFirst(a: Evaluation, b: Evaluation): number {
  return b.createdAt.localeCompare(a.createdAt);
}

function lastEndedFirst(a: Evaluation, b: Evaluation): number {
  return (b.finishedAt ?? b.createdAt).localeCompare(a.finishedAt ?? a.createdAt);
}
