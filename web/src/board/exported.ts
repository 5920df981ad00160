import type { AnswersEntry, Leaderboard, LeaderboardEntry, PublishedResult } from '../api/types';
import { computePerTask, type Shown } from './shown';

type Cell = string | number | null | undefined;

/** What stands in a column: of a run of this platform, of answers that were scored here, and of a claim of others. */
interface Column {
  readonly name: string;
  readonly run?: (entry: LeaderboardEntry) => Cell;
  readonly answers?: (entry: AnswersEntry) => Cell;
  readonly claim?: (result: PublishedResult) => Cell;
}

/** The shown rows as a table for other programs: runs of this platform first, then answers, then claims of others. RFC 4180. */
export function toCsv(board: Leaderboard, shown: Shown, metrics: readonly string[]): string {
  const columns = columnsOf(board, metrics);
  const rows = [
    columns.map(({ name }): Cell => name),
    ...shown.entries.map((entry) => columns.map(({ run }) => run?.(entry))),
    ...shown.answers.map((entry) => columns.map(({ answers }) => answers?.(entry))),
    ...shown.published.map((result) => columns.map(({ claim }) => claim?.(result))),
  ];
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function columnsOf(board: Leaderboard, metrics: readonly string[]): readonly Column[] {
  const further = metrics.filter((metric) => metric !== board.metric);
  return [
    { name: 'origin', run: () => 'evaluation', answers: () => 'answers', claim: () => 'published' },
    { name: 'rank', run: (e) => e.rank },
    { name: 'tie_group', run: (e) => e.tieGroup },
    { name: 'model', run: (e) => e.model, answers: (a) => a.model, claim: (r) => r.method },
    { name: 'architecture', run: (e) => e.architecture },
    { name: 'file', run: (e) => e.fileName, answers: (a) => a.fileName },
    { name: board.metric, run: (e) => e.score, answers: (a) => a.score, claim: (r) => r.score },
    { name: 'interval_low', run: (e) => e.interval?.low, answers: (a) => a.interval?.low },
    { name: 'interval_high', run: (e) => e.interval?.high, answers: (a) => a.interval?.high },
    ...further.map((metric): Column => ({ name: metric, run: (e) => e.scores[metric], answers: (a) => a.scores[metric] })),
    { name: 'core_parameters', run: (e) => e.coreParameters },
    { name: 'embedding_parameters', run: (e) => e.embeddingParameters },
    { name: 'compute_ms_per_task', run: (e) => computePerTask(e, board.puzzleSet.taskCount) },
    { name: 'dollars_per_task', run: (e) => e.dollarsPerTask, answers: (a) => a.dollarsPerTask },
    { name: 'protocol', run: () => board.protocol?.key },
    { name: 'mean_steps', run: (e) => e.meanSteps },
    { name: 'finished_at', run: (e) => e.finishedAt, answers: (a) => a.finishedAt },
    { name: 'checkpoint', run: (e) => e.checkpoint },
    { name: 'evaluation', run: (e) => e.evaluation, answers: (a) => a.evaluation },
    { name: 'published_parameters', claim: (r) => r.parameters },
    { name: 'published_split', claim: (r) => r.split },
    { name: 'published_metric', claim: (r) => r.metric },
    { name: 'published_dollars_per_task', claim: (r) => r.dollarsPerTask },
    { name: 'published_source', claim: (r) => r.source },
  ];
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
  return `${JSON.stringify({ puzzleSet, metric, protocol, without, entries, answers: shown.answers, published: shown.published }, null, 2)}\n`;
}
