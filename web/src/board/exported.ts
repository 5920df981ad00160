import type { Leaderboard } from '../api/types';
import { computePerTask, type Shown } from './shown';

type Cell = string | number | null | undefined;

/** The shown rows as a table for other programs: runs of this platform first, then claims of others. RFC 4180. */
export function toCsv(board: Leaderboard, shown: Shown, metrics: readonly string[]): string {
  const further = metrics.filter((metric) => metric !== board.metric);
  const head = [
    'origin',
    'rank',
    'tie_group',
    'model',
    'architecture',
    'file',
    board.metric,
    'interval_low',
    'interval_high',
    ...further,
    'core_parameters',
    'embedding_parameters',
    'compute_ms_per_task',
    'dollars_per_task',
    'protocol',
    'mean_steps',
    'finished_at',
    'checkpoint',
    'evaluation',
    'published_parameters',
    'published_split',
    'published_metric',
    'published_dollars_per_task',
    'published_source',
  ];
  const runs = shown.entries.map((e): readonly Cell[] => [
    'evaluation',
    e.rank,
    e.tieGroup,
    e.model,
    e.architecture,
    e.fileName,
    e.score,
    e.interval?.low,
    e.interval?.high,
    ...further.map((metric) => e.scores[metric]),
    e.coreParameters,
    e.embeddingParameters,
    computePerTask(e, board.puzzleSet.taskCount),
    e.dollarsPerTask,
    board.protocol?.key,
    e.meanSteps,
    e.finishedAt,
    e.checkpoint,
    e.evaluation,
    null,
    null,
    null,
    null,
    null,
  ]);
  const claims = shown.published.map((r): readonly Cell[] => [
    'published',
    null,
    null,
    r.method,
    null,
    null,
    r.score,
    null,
    null,
    ...further.map(() => null),
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    r.parameters,
    r.split,
    r.metric,
    r.dollarsPerTask,
    r.source,
  ]);
  return [head, ...runs, ...claims].map((row) => row.map(csvCell).join(',') + '\r\n').join('');
}

/** Names come from whoever submitted: an apostrophe keeps a spreadsheet from running one as a formula. */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The shown rows as the API has them, with the board that they are of. */
export function toJson(board: Leaderboard, shown: Shown): string {
  const { puzzleSet, metric, protocol, without } = board;
  const entries = shown.entries.map((e) => ({ ...e, computeMillisPerTask: computePerTask(e, puzzleSet.taskCount) }));
  return JSON.stringify({ puzzleSet, metric, protocol, without, entries, published: shown.published }, null, 2) + '\n';
}
