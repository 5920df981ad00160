import { dollars, short } from '../format/numbers';
import { secondsEach } from '../format/time';

/** What a plot can lay its points out by. */
export const AXES = ['core', 'total', 'compute', 'cost'] as const;
export type Axis = (typeof AXES)[number];

/** Which axis is taken where nobody chose one: the first of these that tells points apart. */
export const COST_FIRST: readonly Axis[] = ['cost', 'core', 'compute', 'total'];
export const SIZE_FIRST: readonly Axis[] = ['core', 'cost', 'compute', 'total'];

export const AXIS_NAMES: Readonly<Record<Axis, string>> = {
  core: 'Core parameters',
  total: 'Parameters with embeddings',
  compute: 'Compute per task',
  cost: 'Cost per task',
};

/** What is said of points that have no place on the axis, in two short lines below them. */
export const NOT_KNOWN: Readonly<Record<Axis, readonly [string, string]>> = {
  core: ['no size', 'known'],
  total: ['no size', 'known'],
  compute: ['no time', 'known'],
  cost: ['no cost', 'known'],
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

/**
 * The first axis of the order on which not all that has a place stands on one vertical; of several such none is better than the
 * first that has anything at all, and without one the first of all.
 *
 * @param values what is known on an axis, a number each
 */
export function tellingAxis(order: readonly Axis[], values: (axis: Axis) => readonly number[]): Axis {
  const telling = order.find((axis) => new Set(values(axis)).size > 1);
  const first = telling ?? order.find((axis) => values(axis).length > 0) ?? order[0];
  if (first === undefined) throw new Error('a plot needs an axis');
  return first;
}
