import { count } from '../format/numbers';

/** How many of the models that were evaluated here solved a task. */
export function solvedWords(solved: number, models: number): string {
  return models === 0 ? 'not evaluated here yet' : `solved by ${count(solved)} of ${count(models)} here`;
}
