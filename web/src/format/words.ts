import type { Kind, Metric } from '../api/types';

const KINDS: Record<Kind, string> = { sudoku: 'Sudoku', maze: 'Maze', arc: 'ARC', sequence: 'Sequence' };

export function kindName(kind: Kind): string {
  return KINDS[kind] ?? kind;
}

type Explained = readonly [name: string, meaning: string];

/** Those of pass@K say themselves what they are. */
const WORDS: Readonly<Record<Exclude<Metric, `pass@${number}`>, Explained>> = {
  arc_prize: ['ARC Prize', 'Two attempts per test output, mean over tasks, as the ARC Prize scores'],
  kaggle: ['Kaggle', 'Two attempts per test output, mean over test outputs, as the Kaggle contest scores'],
  strict: ['Strict', 'Share of tasks with every test output solved within two attempts'],
  exact_accuracy: ['Solved', 'Share of puzzles with every cell right (exact_accuracy)'],
  accuracy: ['Cells right', 'Share of right cells (accuracy)'],
  q_halt_accuracy: ['Halt right', 'Share of puzzles where the halting head knew whether the answer was right (q_halt_accuracy)'],
  valid_path: ['Valid path', 'Share of mazes answered with a shortest path, the known one or another (valid_path)'],
  valid_solution: ['Valid solution', 'Share of Sudokus whose answer keeps the givens and the rules (valid_solution)'],
};

/** Of ARC these are about examples, each for itself: what votes is not looked at. */
const OF_EXAMPLES: Readonly<Record<string, Explained>> = {
  exact_accuracy: ['Examples solved', 'Share of augmented examples with every cell right, before they vote (exact_accuracy)'],
  accuracy: ['Cells right', 'Share of right cells of an augmented example, end markers included, before it votes (accuracy)'],
  q_halt_accuracy: ['Halt right', 'Share of augmented examples where the halting head knew whether the answer was right (q_halt_accuracy)'],
};

/** Whether a score is about single examples, beside others that are about tasks. */
export function isOfExamples(metric: string, kind: Kind): boolean {
  return kind === 'arc' && metric in OF_EXAMPLES;
}

/** What others published may count by other metrics. */
const METRICS: Readonly<Record<string, Explained>> = WORDS;

/** What a metric is called on the page. @param kind of the set; without one it is not of ARC */
export function metricName(metric: string, kind?: Kind): string {
  return explained(metric, kind)?.[0] ?? metric;
}

function explained(metric: string, kind: Kind | undefined): Explained | undefined {
  return kind === 'arc' && metric in OF_EXAMPLES ? OF_EXAMPLES[metric] : METRICS[metric];
}

export function metricMeaning(metric: string, kind?: Kind): string {
  const at = /^pass@(\d+)$/.exec(metric)?.[1];
  if (at) return at === '1' ? 'Solved by the first candidate' : `Solved by one of the first ${at} candidates`;
  return explained(metric, kind)?.[1] ?? metric;
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
