import { type TasksView, writeTasks } from '../browse/tasksView';
import { type WallView, writeWall } from '../evaluation/wallView';
import { base } from './base';
import type { BoardOf, Command } from './types';

const part = encodeURIComponent;
const root = `${base}/api`;

function boardQuery({ without = null, protocol = null }: Partial<BoardOf>): string {
  const query = new URLSearchParams();
  if (protocol !== null) query.set('protocol', protocol);
  if (without !== null) query.set('without', without);
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** Addresses of the API, all beside the page's own. */
export const api = {
  home: () => `${root}/home`,
  puzzleSets: () => `${root}/puzzle-sets`,
  puzzleSet: (name: string) => `${root}/puzzle-sets/${part(name)}`,
  leaderboard: (name: string, board: Partial<BoardOf> = {}) => `${root}/puzzle-sets/${part(name)}/leaderboard${boardQuery(board)}`,
  overlaps: (name: string) => `${root}/puzzle-sets/${part(name)}/overlaps`,
  setTasks: (name: string, view: TasksView, limit: number) => {
    const query = new URLSearchParams({ limit: String(limit) });
    writeTasks(query, view);
    return `${root}/puzzle-sets/${part(name)}/tasks?${query}`;
  },
  setTask: (name: string, id: string) => `${root}/puzzle-sets/${part(name)}/tasks/${part(id)}`,
  setTaskAnswers: (name: string, id: string, after: number, limit: number) =>
    `${root}/puzzle-sets/${part(name)}/tasks/${part(id)}/answers?after=${after}&limit=${limit}`,
  evaluations: (limit: number, after: string | null = null) =>
    `${root}/evaluations?limit=${limit}${after === null ? '' : `&after=${part(after)}`}`,
  /** @param ids of at most 64 */
  evaluationsNamed: (ids: readonly string[]) => `${root}/evaluations?ids=${ids.map(part).join(',')}`,
  evaluation: (id: string) => `${root}/evaluations/${part(id)}`,
  tasks: (id: string, view: WallView, offset: number, limit: number) => {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
    writeWall(query, view);
    return `${root}/evaluations/${part(id)}/tasks?${query}`;
  },
  task: (id: string, index: number) => `${root}/evaluations/${part(id)}/tasks/${index}`,
  steps: (id: string) => `${root}/evaluations/${part(id)}/steps`,
  framesOfStep: (id: string, step: number, after: number) => `${root}/evaluations/${part(id)}/steps/${step}?after=${after}`,
  variants: (id: string) => `${root}/evaluations/${part(id)}/variants`,
  history: (id: string) => `${root}/evaluations/${part(id)}/history`,
  repeats: (id: string) => `${root}/evaluations/${part(id)}/repeats`,
  control: (id: string, command: Command) => `${root}/evaluations/${part(id)}/${command}`,
  solvers: () => `${root}/solvers`,
  storage: () => `${root}/storage`,
  quarantine: () => `${root}/quarantined-messages`,
  stepReplay: (id: string, index: number, output: number) => `${root}/evaluations/${part(id)}/tasks/${index}/replay?output=${output}`,
  uploads: () => `${root}/uploads`,
  upload: (id: string) => `${root}/uploads/${part(id)}`,
  fetches: () => `${root}/fetches`,
  hubFolder: (from: string) => `${root}/fetches/folder?from=${part(from)}`,
  fetchOf: (id: string) => `${root}/fetches/${part(id)}`,
  inspections: () => `${root}/inspections`,
  importPuzzleSet: () => `${root}/puzzle-sets`,
  startEvaluation: () => `${root}/evaluations`,
  model: (name: string) => `${root}/models/${part(name)}`,
  modelHistory: (name: string, after: string | null, limit: number) =>
    `${root}/models/${part(name)}/evaluations?limit=${limit}${after === null ? '' : `&after=${part(after)}`}`,
  /** Of an address above: only tells what would go. */
  dryRun: (path: string) => `${path}?dryRun=true`,
  compare: (ids: readonly string[]) => `${root}/compare?e=${ids.map(part).join(',')}`,
  /** @param solved a digit for each evaluation, 1 where it solved the task; null for all tasks */
  comparedTasks: (ids: readonly string[], solved: string | null, after: number) =>
    `${root}/compare/tasks?e=${ids.map(part).join(',')}${solved === null ? '' : `&solved=${solved}`}&after=${after}`,
  submission: (id: string) => `${root}/evaluations/${part(id)}/submission.json`,
  predictions: (id: string) => `${root}/evaluations/${part(id)}/predictions.npy`,
  predictionLines: (id: string) => `${root}/evaluations/${part(id)}/predictions.jsonl`,
  taskTable: (id: string) => `${root}/evaluations/${part(id)}/tasks.csv`,
  everyEvalEver: (id: string) => `${root}/evaluations/${part(id)}/every-eval-ever.json`,
  /** @param source address at which people find the evaluation; null when that is not said */
  modelIndex: (id: string, source: string | null = null) =>
    `${root}/evaluations/${part(id)}/model-index.yaml${source === null ? '' : `?source=${part(source)}`}`,
  boardAsEveryEvalEver: (name: string, board: Partial<BoardOf> = {}) =>
    `${root}/puzzle-sets/${part(name)}/every-eval-ever.json${boardQuery(board)}`,
  badge: (id: string) => `${root}/evaluations/${part(id)}/badge.svg`,
  /** What there is here, as an OpenAPI document. */
  document: () => `${base}/q/openapi`,
  events: () => `${root}/events`,
};
