/*
 * What the HTTP API of leaderboard-api answers, written by hand for now.
 * This file is the one place that changes when the types are generated from the API's own OpenAPI file
 * (openapi-typescript → src/api/schema.ts): it then only re-exports the schema's names under these names.
 */

export type Kind = 'sudoku' | 'maze' | 'arc' | 'sequence';

/** Metric name → value in 0…1. */
export type Scores = Readonly<Record<string, number>>;

/** 95 % interval of a score, both ends in 0…1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface PuzzleSet {
  readonly name: string;
  readonly kind: Kind;
  readonly digest: string;
  readonly seqLen: number;
  readonly vocabSize: number;
  readonly identifierCount: number;
  readonly exampleCount: number;
  readonly taskCount: number;
  readonly createdAt: string;
  readonly mainMetric: string;
  readonly evaluations: number;
}

/** How an ARC set was built of raw tasks. */
export interface Recipe {
  readonly subsets: readonly string[];
  readonly testSets: readonly string[];
  readonly augmentations: number;
  readonly seed: number;
  readonly splitOrder: string;
}

/** A puzzle set with where it comes from. */
export interface PuzzleSetDetail extends PuzzleSet {
  /** Its evaluations end with predictions but without scores. */
  readonly solutionsHidden: boolean;
  /** csv_or_directory: both would be the same set. */
  readonly origin: 'recipe' | 'directory' | 'csv_or_directory';
  /** Of a set with that origin. */
  readonly recipe: Recipe | null;
}

export interface LeaderboardEntry {
  /** 1-based; equal scores share a rank. */
  readonly rank: number;
  /** From 1; within a group nobody differs significantly from its best. */
  readonly tieGroup: number;
  readonly evaluation: string;
  readonly model: string;
  /** Digest over the tensors, not over the uploaded file. */
  readonly checkpoint: string;
  readonly fileName: string;
  readonly architecture: string;
  readonly score: number;
  readonly interval: Interval | null;
  readonly scores: Scores;
  readonly coreParameters: number;
  readonly embeddingParameters: number;
  readonly computeMillis: number;
  readonly finishedAt: string;
}

/** A claim of others, never a run of this platform. */
export interface PublishedResult {
  readonly label: string;
  readonly method: string;
  readonly parameters: string | null;
  readonly split: string;
  readonly metric: string;
  readonly score: number;
  readonly dollarsPerTask: number | null;
  readonly source: string;
}

export interface Leaderboard {
  readonly puzzleSet: PuzzleSet;
  readonly metric: string;
  readonly entries: readonly LeaderboardEntry[];
  readonly published: readonly PublishedResult[];
}

/** An entry where nobody knows the solutions. */
export interface UnscoredEntry extends Omit<LeaderboardEntry, 'rank' | 'tieGroup' | 'score'> {
  readonly rank: null;
  readonly tieGroup: null;
  readonly score: null;
}

/** Tasks that another set has, too, and that no score of a board is about. */
export interface Without {
  readonly set: string;
  readonly digest: string;
  readonly leftOut: number;
  readonly remaining: number;
}

/** A leaderboard as it is answered: entries without a score come last. */
export interface LeaderboardAnswer extends Omit<Leaderboard, 'entries'> {
  readonly entries: readonly (LeaderboardEntry | UnscoredEntry)[];
  readonly solutionsHidden: boolean;
  readonly without: Without | null;
}

export type EvaluationState = 'queued' | 'running' | 'finished' | 'failed';

export interface Evaluation {
  readonly id: string;
  readonly state: EvaluationState;
  /** Why it failed; null unless state is failed. */
  readonly failure: string | null;
  readonly model: string;
  readonly puzzleSet: string;
  readonly puzzleSetKind: Kind;
  readonly checkpoint: string;
  readonly fileName: string;
  readonly architecture: string;
  /** Improvement steps that every example gets. */
  readonly steps: number;
  readonly coreParameters: number;
  readonly embeddingParameters: number;
  readonly exampleCount: number;
  readonly examplesDone: number;
  readonly unitCount: number;
  readonly unitsDone: number;
  readonly computeMillis: number;
  readonly scores: Scores;
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly mainMetric: string;
  /** Shape and schedule of the network, as resolved. */
  readonly hyperParameters: Readonly<Record<string, string | number | boolean>>;
  /** By hyper-parameter: where its value came from. */
  readonly configurationSources: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** Tasks that another puzzle set has, too. */
export interface Overlap {
  readonly set: string;
  readonly tasks: readonly string[];
}

/** Two evaluations of one puzzle set, task by task. */
export interface Comparison {
  readonly first: Evaluation;
  readonly second: Evaluation;
  readonly both: number;
  readonly neither: number;
  readonly onlyFirst: readonly ComparedTask[];
  readonly onlySecond: readonly ComparedTask[];
  readonly pValue: number;
  readonly significant: boolean;
}

export interface ComparedTask {
  readonly index: number;
  readonly name: string;
}

/** A grid as it travels: row-major, base64, one byte a cell. */
export interface EncodedGrid {
  readonly rows: number;
  readonly columns: number;
  readonly cells: string;
}

export interface TaskSummary {
  readonly index: number;
  readonly name: string;
  /** Number of test outputs. */
  readonly outputs: number;
  /** How many of them are solved. */
  readonly solved: number;
  readonly wrongCells: number | null;
  readonly thumbnail: EncodedGrid | null;
}

export type TaskFilter = 'all' | 'right' | 'wrong';

export interface TaskPage {
  readonly total: number;
  readonly right: number;
  readonly wrong: number;
  /** Nobody knows which are right: both numbers are 0. */
  readonly solutionsHidden?: boolean;
  readonly tasks: readonly TaskSummary[];
}

export interface Demonstration {
  readonly input: EncodedGrid;
  readonly output: EncodedGrid;
}

export interface Candidate {
  readonly rank: number;
  readonly grid: EncodedGrid;
  readonly votes: number;
  readonly meanHalt: number;
  /** null where the solutions are hidden. */
  readonly correct: boolean | null;
  readonly wrongCells: number | null;
}

export interface TestOutput {
  readonly index: number;
  readonly input: EncodedGrid;
  /** null where the solutions are hidden. */
  readonly expected: EncodedGrid | null;
  readonly candidates: readonly Candidate[];
  readonly solutionRank: number | null;
}

export interface Task {
  readonly index: number;
  readonly name: string;
  readonly kind: Kind;
  readonly demonstrations: readonly Demonstration[];
  readonly outputs: readonly TestOutput[];
}

/** application/problem+json */
export interface ProblemDetails {
  readonly status: number;
  readonly title: string;
  readonly file?: string | null;
  readonly place?: string | null;
  readonly problem?: string | null;
  readonly remedy?: string | null;
}
