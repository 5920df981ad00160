import type { AnswersEntry, Interval, LeaderboardEntry, PublishedResult } from '../api/types';
import { computePerTask, publishedKey, type Shown } from '../board/shown';
import { dollars, percent, range } from '../format/numbers';
import { metricName } from '../format/words';
import { to } from '../shell/routes';
import { AXIS_NAMES, type Axis, axisValue, NOT_KNOWN } from './axes';
import { parameterCount } from './parameters';
import { paretoFront } from './pareto';
import { addressOf } from './sources';
import { type Split, splitOf } from './splits';

/** What a plot is of: a board, or published results alone. */
export interface PlotOf {
  /** Counted by whatever ran or was scored here. */
  readonly metric: string;
  readonly taskCount: number;
  /** Of the set, in the words of published results; null where nobody knows. */
  readonly split: string | null;
}

/** One row as a point of the plot. */
export interface PlotPoint {
  /** As the row is marked. */
  readonly key: string;
  readonly name: string;
  /** Null for what has no place on the axis: it stands on a rail at the edge. */
  readonly x: number | null;
  readonly score: number;
  readonly interval: Interval | null;
  readonly origin: 'run' | 'answers' | 'published';
  readonly split: Split | null;
  /** Page of the evaluation, or where a published result can be looked up; null where that is not known. */
  readonly href: string | null;
  /** Whether it is on the front of what ran here. */
  readonly onFront: boolean;
  /** Everything that the point shows, in words. */
  readonly label: string;
}

/** A point that has a place on the axis. */
export type AxisPoint = PlotPoint & { readonly x: number };

export interface PlotContent {
  /** Published results first: what was scored here is drawn over them, and what was run here over both. */
  readonly points: readonly PlotPoint[];
  /** The best score for every cost, cheapest first, of what ran here: claims beat nobody. */
  readonly front: readonly AxisPoint[];
  /** Likewise of all points, whoever says so. */
  readonly claimed: readonly AxisPoint[];
}

export function plotContent(of: PlotOf, rows: Shown, axis: Axis): PlotContent {
  const places = rows.entries.map((entry) => ({ entry, x: known(cost(axis, entry, of.taskCount)), score: entry.score }));
  const best = new Set(paretoFront(places.filter(hasPlace)).map(({ entry }) => entry));
  const own = places.map(({ entry, x }) => ownPoint(of, entry, axis, x, best.has(entry)));
  const claims = rows.published.map((result) => claimedPoint(result, axis, known(claimedCost(axis, result))));
  const answers = rows.answers.flatMap((entry) => answersPoint(of, entry, axis));
  const claimed = new Set(paretoFront([...claims, ...answers, ...own].filter(hasPlace)).map(({ key }) => key));
  const points = [...claims, ...answers, ...own].map((point) =>
    claimed.has(point.key) && point.origin !== 'run' ? { ...point, label: `${point.label}, on the front of all claims` } : point,
  );
  return {
    points,
    front: cheapestFirst(points.filter((point) => point.onFront)),
    claimed: cheapestFirst(points.filter((point) => claimed.has(point.key))),
  };
}

/** What a plot of these rows knows on an axis. */
export function valuesOn(axis: Axis, of: PlotOf, rows: Shown): readonly number[] {
  return plotContent(of, rows, axis).points.flatMap(({ x }) => (x === null ? [] : [x]));
}

/** A logarithmic axis has no place for zero. */
function known(x: number | null): number | null {
  return x !== null && x > 0 ? x : null;
}

function hasPlace<P extends { readonly x: number | null }>(point: P): point is P & { readonly x: number } {
  return point.x !== null;
}

function cheapestFirst(points: readonly PlotPoint[]): readonly AxisPoint[] {
  return points.filter(hasPlace).sort((a, b) => a.x - b.x || a.score - b.score);
}

function cost(axis: Axis, entry: LeaderboardEntry, taskCount: number): number | null {
  switch (axis) {
    case 'core':
      return entry.coreParameters;
    case 'total':
      return entry.coreParameters + entry.embeddingParameters;
    case 'compute':
      return computePerTask(entry, taskCount);
    case 'cost':
      return entry.dollarsPerTask;
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

function ownPoint(of: PlotOf, entry: LeaderboardEntry, axis: Axis, x: number | null, onFront: boolean): PlotPoint {
  const words = [
    `${entry.model}: ${metricName(of.metric)} ${percent(entry.score)}${reach(entry.interval)}`,
    x === null ? NOT_KNOWN[axis].join(' ') : `${AXIS_NAMES[axis].toLowerCase()} ${axisValue(axis, x)}`,
    `rank ${entry.rank}`,
    ...(onFront ? ['on the Pareto front'] : []),
  ];
  return {
    key: entry.evaluation,
    name: entry.model,
    x,
    score: entry.score,
    interval: entry.interval,
    origin: 'run',
    split: splitOf(of.split),
    href: to.evaluation(entry.evaluation),
    onFront,
    label: words.join(', '),
  };
}

function claimedPoint(result: PublishedResult, axis: Axis, x: number | null): PlotPoint {
  const costs = axis === 'cost' ? `${dollars(x ?? 0)} per task` : `${result.parameters} parameters`;
  return {
    key: publishedKey(result),
    name: result.method,
    x,
    score: result.score,
    interval: null,
    origin: 'published',
    split: splitOf(result.split),
    href: addressOf(result.source),
    onFront: false,
    label: `${result.method}, ${result.label}: ${result.metric} ${percent(result.score)} on ${result.split}, ${x === null ? NOT_KNOWN[axis].join(' ') : costs}, by ${result.source}`,
  };
}

/** By the cost that whoever sent them says. */
function answersPoint(of: PlotOf, entry: AnswersEntry, axis: Axis): PlotPoint[] {
  const { score, interval } = entry;
  if (score === null) return [];
  const x = axis === 'cost' ? known(entry.dollarsPerTask) : null;
  const costs = x === null ? NOT_KNOWN[axis].join(' ') : `${dollars(x)} per task`;
  return [
    {
      key: entry.evaluation,
      name: entry.model,
      x,
      score,
      interval,
      origin: 'answers',
      split: splitOf(of.split),
      href: to.evaluation(entry.evaluation),
      onFront: false,
      label: `${entry.model}, ${entry.label}: ${metricName(of.metric)} ${percent(score)}${reach(interval)}, ${costs}`,
    },
  ];
}

function reach(interval: Interval | null): string {
  return interval ? ` (${range(interval.low, interval.high)})` : '';
}
