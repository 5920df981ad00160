import type { Interval, Leaderboard, LeaderboardEntry, PublishedResult } from '../api/types';
import { dollars, percent, range, short } from '../format/numbers';
import { secondsEach } from '../format/time';
import { metricName } from '../format/words';
import { to } from '../shell/routes';
import { parameterCount } from './parameters';
import { paretoFront } from './pareto';
import { computePerTask, publishedKey, type Shown } from './shown';
import type { Axis } from './view';

/** One row of the board as a point of the plot. */
export interface PlotPoint {
  /** As the row is marked. */
  readonly key: string;
  readonly name: string;
  readonly x: number;
  readonly score: number;
  readonly interval: Interval | null;
  /** Page of the evaluation; null for published results. */
  readonly href: string | null;
  readonly onFront: boolean;
  /** Everything that the point shows, in words. */
  readonly label: string;
}

export interface PlotContent {
  readonly points: readonly PlotPoint[];
  /** The best score for every cost, cheapest first; runs of this platform only, claims beat nobody. */
  readonly front: readonly PlotPoint[];
  /** Shown rows that have no place on this axis. */
  readonly unplacedEntries: number;
  readonly unplacedPublished: number;
}

export const AXIS_NAMES: Readonly<Record<Axis, string>> = {
  core: 'Core parameters',
  total: 'Parameters with embeddings',
  compute: 'Compute per task',
  cost: 'Cost per task',
};

/** A value of the axis, with its unit. */
export function axisValue(axis: Axis, x: number): string {
  switch (axis) {
    case 'compute':
      return secondsEach(x);
    case 'cost':
      return dollars(x);
    default:
      return short(x);
  }
}

export function plotContent(board: Leaderboard, rows: Shown, axis: Axis): PlotContent {
  const places = rows.entries
    .map((entry) => ({ entry, x: cost(axis, entry, board.puzzleSet.taskCount), score: entry.score }))
    // A logarithmic axis has no place for zero.
    .filter(({ x }) => x > 0);
  const best = new Set(paretoFront(places).map(({ entry }) => entry));
  const own = places.map(({ entry, x }) => ownPoint(board, entry, axis, x, best.has(entry)));
  const claims = rows.published.flatMap((result) => {
    const x = claimedCost(axis, result);
    return x === null || x <= 0 ? [] : [claimedPoint(result, axis, x)];
  });
  return {
    // Claims first: what was run here is drawn over them.
    points: [...claims, ...own],
    front: own.filter((point) => point.onFront).sort((a, b) => a.x - b.x || a.score - b.score),
    unplacedEntries: rows.entries.length - own.length,
    unplacedPublished: rows.published.length - claims.length,
  };
}

function cost(axis: Axis, entry: LeaderboardEntry, taskCount: number): number {
  switch (axis) {
    case 'core':
      return entry.coreParameters;
    case 'total':
      return entry.coreParameters + entry.embeddingParameters;
    case 'compute':
      return computePerTask(entry, taskCount);
    case 'cost':
      // No price, no place on the axis.
      return entry.dollarsPerTask ?? 0;
  }
}

/** Publications count the network without the embeddings of its puzzles: that is the core, not the total. */
function claimedCost(axis: Axis, result: PublishedResult): number | null {
  switch (axis) {
    case 'core':
      return parameterCount(result.parameters);
    case 'cost':
      return result.dollarsPerTask;
    default:
      return null;
  }
}

function ownPoint(board: Leaderboard, entry: LeaderboardEntry, axis: Axis, x: number, onFront: boolean): PlotPoint {
  const interval = entry.interval ? ` (${range(entry.interval.low, entry.interval.high)})` : '';
  const words = [
    `${entry.model}: ${metricName(board.metric)} ${percent(entry.score)}${interval}`,
    `${AXIS_NAMES[axis].toLowerCase()} ${axisValue(axis, x)}`,
    `rank ${entry.rank}`,
    ...(onFront ? ['on the Pareto front'] : []),
  ];
  return {
    key: entry.evaluation,
    name: entry.model,
    x,
    score: entry.score,
    interval: entry.interval,
    href: to.evaluation(entry.evaluation),
    onFront,
    label: words.join(', '),
  };
}

function claimedPoint(result: PublishedResult, axis: Axis, x: number): PlotPoint {
  return {
    key: publishedKey(result),
    name: result.method,
    x,
    score: result.score,
    interval: null,
    href: null,
    onFront: false,
    label: `${result.method}, ${result.label}: ${result.metric} ${percent(result.score)} on ${result.split}, ${axis === 'cost' ? `${dollars(x)} per task` : `${result.parameters} parameters`}`,
  };
}
