import type { Kind, Metric } from '../api/types';

const KINDS: Record<Kind, string> = { sudoku: 'Sudoku', maze: 'Maze', arc: 'ARC', sequence: 'Sequence' };

export function kindName(kind: Kind): string {
  return KINDS[kind] ?? kind;
}

type Explained = readonly [name: string, meaning: string];

/** Those of pass@K say themselves what they are. */
const WORDS: Readonly<Record<Exclude<Metric, `pass@${number}`>, Explained>> = {
  exact_accuracy: ['Solved', 'Share of puzzles with every cell right (exact_accuracy)'],
  accuracy: ['Cells right', 'Share of right cells (accuracy)'],
  q_halt_accuracy: ['Halt right', 'Share of puzzles where the halting head knew whether the answer was right (q_halt_accuracy)'],
  valid_path: ['Valid path', 'Share of mazes answered with a shortest path, the known one or another (valid_path)'],
  valid_solution: ['Valid solution', 'Share of Sudokus whose answer keeps the givens and the rules (valid_solution)'],
  arc_prize: ['ARC Prize', 'Two attempts per test output, mean over tasks, as the ARC Prize scores'],
  kaggle: ['Kaggle', 'Two attempts per test output, mean over test outputs, as the Kaggle contest scores'],
  strict: ['Strict', 'Share of tasks with every test output solved within two attempts'],
};

/** What others published may count by other metrics. */
const METRICS: Readonly<Record<string, Explained>> = WORDS;

/** What a metric is called on the page. */
export function metricName(metric: string): string {
  return METRICS[metric]?.[0] ?? metric;
}

export function metricMeaning(metric: string): string {
  const at = /^pass@(\d+)$/.exec(metric)?.[1];
  if (at) return at === '1' ? 'Solved by the first candidate' : `Solved by one of the first ${at} candidates`;
  return METRICS[metric]?.[1] ?? metric;
}

/** Metrics in the order people ask for them: the main one, then pass@K by K, then the rest by name. */
export function orderedMetrics(names: readonly string[], main: string): readonly string[] {
  const place = (name: string): number => {
    if (name === main) return -1;
    const at = /^pass@(\d+)$/.exec(name)?.[1];
    if (at) return Number(at);
    const known = Object.keys(METRICS).indexOf(name);
    return 1e6 + (known < 0 ? 1e3 : known);
  };
  return [...names].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}
