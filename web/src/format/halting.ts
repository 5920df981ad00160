import { percent } from './numbers';

/** Improvement steps as a mean over examples: 3.2 */
export function meanSteps(mean: number): string {
  return mean.toFixed(mean >= 99.95 ? 0 : mean >= 9.995 ? 1 : 2);
}

/** What halting early saved of the steps that there would have been; null where nothing was saved. */
export function saving(mean: number, steps: number): string | null {
  return mean < steps ? percent(1 - mean / steps) : null;
}

/** The halting head's logit as a probability. */
export function haltProbability(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
