import type { Evaluation } from '../api/types';
import { ranBy } from '../evaluation/run';

/** What a column is called where there is no room for a name: A to F. */
export function letter(place: number): string {
  return String.fromCharCode(65 + place);
}

/** The names of the models; of several with the same name each is told from the others by how it came about. */
export function namesOf(evaluations: readonly Evaluation[]): readonly string[] {
  return evaluations.map((evaluation) => {
    const alike = evaluations.filter(({ model }) => model === evaluation.model);
    return alike.length === 1 ? evaluation.model : `${evaluation.model} (${ranBy(evaluation)}, ${evaluation.id.slice(0, 4)})`;
  });
}

/** The letters of those that solved it, for people. */
export function solvers(solved: readonly boolean[]): string {
  const letters = solved.flatMap((one, place) => (one ? [letter(place)] : []));
  if (letters.length === 0) return 'nobody';
  if (letters.length === solved.length) return letters.length === 2 ? 'both' : `all ${letters.length}`;
  return letters.length === 1 ? `${letters[0]} alone` : `${letters.slice(0, -1).join(', ')} and ${letters.at(-1)} alone`;
}

/** As the API is asked for it: a digit for each evaluation. */
export function digits(solved: readonly boolean[]): string {
  return solved.map((one) => (one ? '1' : '0')).join('');
}

export function pText(p: number): string {
  return p < 0.0001 ? p.toExponential(1) : p.toFixed(4);
}
