import { type WallView, writeWall } from '../evaluation/wallView';
import { base } from './base';
import type { BoardOf, Command } from './types';

const part = encodeURIComponent;
const root = `${base}/api`;

/** Addresses of the API, all beside the page's own. */
export const api = {
  puzzleSets: () => `${root}/puzzle-sets`,
  puzzleSet: (name: string) => `${root}/puzzle-sets/${part(name)}`,
  leaderboard: (name: string, { without = null, protocol = null }: Partial<BoardOf> = {}) => {
    const query = new URLSearchParams();
    if (protocol !== null) query.set('protocol', protocol);
    if (without !== null) query.set('without', without);
    const text = query.toString();
    return `${root}/puzzle-sets/${part(name)}/leaderboard${text ? `?${text}` : ''}`;
  },
  overlaps: (name: string) => `${root}/puzzle-sets/${part(name)}/overlaps`,
  evaluations: (limit: number) => `${root}/evaluations?limit=${limit}`,
  evaluation: (id: string) => `${root}/evaluations/${part(id)}`,
  tasks: (id: string, view: WallView, offset: number, limit: number) => {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
    writeWall(query, view);
    return `${root}/evaluations/${part(id)}/tasks?${query}`;
  },
  task: (id: string, index: number) => `${root}/evaluations/${part(id)}/tasks/${index}`,
  steps: (id: string) => `${root}/evaluations/${part(id)}/steps`,
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
  inspections: () => `${root}/inspections`,
  importPuzzleSet: () => `${root}/puzzle-sets`,
  startEvaluation: () => `${root}/evaluations`,
  model: (name: string) => `${root}/models/${part(name)}`,
  modelHistory: (name: string, after: string | null, limit: number) =>
    `${root}/models/${part(name)}/evaluations?limit=${limit}${after === null ? '' : `&after=${part(after)}`}`,
  /** Of an address above: only tells what would go. */
  dryRun: (path: string) => `${path}?dryRun=true`,
  compare: (first: string, second: string) => `${root}/compare?first=${part(first)}&second=${part(second)}`,
  submission: (id: string) => `${root}/evaluations/${part(id)}/submission.json`,
  predictions: (id: string) => `${root}/evaluations/${part(id)}/predictions.npy`,
  predictionLines: (id: string) => `${root}/evaluations/${part(id)}/predictions.jsonl`,
  taskTable: (id: string) => `${root}/evaluations/${part(id)}/tasks.csv`,
  badge: (id: string) => `${root}/evaluations/${part(id)}/badge.svg`,
  events: () => `${root}/events`,
};
