import { type WallView, writeWall } from '../evaluation/wallView';
import type { BoardOf, Command } from './types';

const part = encodeURIComponent;

/** Addresses of the API, all on the page's own origin. */
export const api = {
  puzzleSets: () => '/api/puzzle-sets',
  puzzleSet: (name: string) => `/api/puzzle-sets/${part(name)}`,
  leaderboard: (name: string, { without = null, protocol = null }: Partial<BoardOf> = {}) => {
    const query = new URLSearchParams();
    if (protocol !== null) query.set('protocol', protocol);
    if (without !== null) query.set('without', without);
    const text = query.toString();
    return `/api/puzzle-sets/${part(name)}/leaderboard${text ? `?${text}` : ''}`;
  },
  overlaps: (name: string) => `/api/puzzle-sets/${part(name)}/overlaps`,
  evaluations: (limit: number) => `/api/evaluations?limit=${limit}`,
  evaluation: (id: string) => `/api/evaluations/${part(id)}`,
  tasks: (id: string, view: WallView, offset: number, limit: number) => {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
    writeWall(query, view);
    return `/api/evaluations/${part(id)}/tasks?${query}`;
  },
  task: (id: string, index: number) => `/api/evaluations/${part(id)}/tasks/${index}`,
  steps: (id: string) => `/api/evaluations/${part(id)}/steps`,
  variants: (id: string) => `/api/evaluations/${part(id)}/variants`,
  history: (id: string) => `/api/evaluations/${part(id)}/history`,
  repeats: (id: string) => `/api/evaluations/${part(id)}/repeats`,
  control: (id: string, command: Command) => `/api/evaluations/${part(id)}/${command}`,
  solvers: () => '/api/solvers',
  storage: () => '/api/storage',
  quarantine: () => '/api/quarantined-messages',
  stepReplay: (id: string, index: number, output: number) => `/api/evaluations/${part(id)}/tasks/${index}/replay?output=${output}`,
  uploads: () => '/api/uploads',
  upload: (id: string) => `/api/uploads/${part(id)}`,
  inspections: () => '/api/inspections',
  importPuzzleSet: () => '/api/puzzle-sets',
  startEvaluation: () => '/api/evaluations',
  model: (name: string) => `/api/models/${part(name)}`,
  modelHistory: (name: string, after: string | null, limit: number) =>
    `/api/models/${part(name)}/evaluations?limit=${limit}${after === null ? '' : `&after=${part(after)}`}`,
  /** Of an address above: only tells what would go. */
  dryRun: (path: string) => `${path}?dryRun=true`,
  compare: (first: string, second: string) => `/api/compare?first=${part(first)}&second=${part(second)}`,
  submission: (id: string) => `/api/evaluations/${part(id)}/submission.json`,
  predictions: (id: string) => `/api/evaluations/${part(id)}/predictions.npy`,
  predictionLines: (id: string) => `/api/evaluations/${part(id)}/predictions.jsonl`,
  taskTable: (id: string) => `/api/evaluations/${part(id)}/tasks.csv`,
  badge: (id: string) => `/api/evaluations/${part(id)}/badge.svg`,
  events: () => '/api/events',
};
