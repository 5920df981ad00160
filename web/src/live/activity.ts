import type { Evaluation } from '../api/types';
import { isFinal } from './events';

/** How far an evaluation has come; an event that arrives late must not turn it back. */
const STAGE = { queued: 0, running: 1, finished: 2, failed: 2 } as const;

/** True when `next` may replace `old`: it is at least as far. */
export function supersedes(next: Evaluation, old: Evaluation): boolean {
  const stages = STAGE[next.state] - STAGE[old.state];
  return stages > 0 || (stages === 0 && next.unitsDone >= old.unitsDone);
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
  const underWay = evaluations.filter((e) => !isFinal(e));
  return [...underWay, ...evaluations.filter(isFinal).sort(lastEndedFirst).slice(0, recent)];
}

/** Share of examples done, 0…1. */
export function progress(evaluation: Evaluation): number {
  if (evaluation.state === 'finished') return 1;
  if (evaluation.exampleCount <= 0) return 0;
  return Math.min(1, Math.max(0, evaluation.examplesDone / evaluation.exampleCount));
}

/** Milliseconds that are left if it goes on as since its start; null while that cannot be told. */
export function remainingMillis(evaluation: Evaluation, now: number): number | null {
  const done = progress(evaluation);
  if (evaluation.state !== 'running' || evaluation.startedAt === null || done <= 0) return null;
  const spent = now - Date.parse(evaluation.startedAt);
  return spent > 0 ? (spent * (1 - done)) / done : null;
}

function newestFirst(a: Evaluation, b: Evaluation): number {
  return b.createdAt.localeCompare(a.createdAt);
}

function lastEndedFirst(a: Evaluation, b: Evaluation): number {
  return (b.finishedAt ?? b.createdAt).localeCompare(a.finishedAt ?? a.createdAt);
}
