import { base } from './base';
import { api } from './paths';
import { postJson } from './resource';
import type { Evaluation, EvaluationRequest } from './types';

/** So many are remembered; one request asks for them all. */
const MOST = 64;
/** Beside this platform, another one may have its place on the same host. */
const KEY = `arena.submissions${base}`;

/** Starts an evaluation, or finds that the same one is there; which one it was is remembered on this browser. */
export async function startEvaluation(request: EvaluationRequest): Promise<Evaluation> {
  const started = await postJson<Evaluation>(api.startEvaluation(), request);
  keep([started.id, ...submissions().filter((id) => id !== started.id)].slice(0, MOST));
  return started;
}

/** Ids of the evaluations that were submitted from this browser, the latest first. */
export function submissions(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    // Forbidden storage, or somebody else wrote there.
    return [];
  }
}

/** They were removed, or whoever sits here wants them off this browser. */
export function forgetSubmissions(ids: readonly string[]): void {
  keep(submissions().filter((id) => !ids.includes(id)));
}

function keep(ids: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Forbidden or full storage: an evaluation is found in the list of all.
  }
}
