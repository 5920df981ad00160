import type {
  AnswersEntry,
  BestScore,
  EncodedGrid,
  Evaluation,
  EvaluationLine,
  Leaderboard,
  LeaderboardEntry,
  Model,
  ModelCheckpoint,
  Protocol,
  PublishedResult,
  Run,
  TaskSummary,
} from '../api/types';

/** Real answers of the API are shaped like these; a test changes what it is about. */
export function entry(changes: Partial<LeaderboardEntry> = {}): LeaderboardEntry {
  return {
    rank: 1,
    tieGroup: 1,
    evaluation: '6f1d3c1e-0000-4000-8000-000000000001',
    model: 'trm-att',
    checkpoint: 'ab'.repeat(32),
    fileName: 'step_484',
    architecture: 'trm',
    score: 0.5,
    interval: { low: 0.4, high: 0.6 },
    scores: { exact_accuracy: 0.5 },
    coreParameters: 26_000,
    embeddingParameters: 64,
    computeMillis: 4000,
    dollarsPerTask: null,
    meanSteps: 16,
    hCycles: 3,
    lCycles: 6,
    repeat: 1,
    repeats: 0,
    alsoAs: [],
    verification: null,
    finishedAt: '2026-03-01T12:00:00Z',
    ...changes,
  };
}

export function published(changes: Partial<PublishedResult> = {}): PublishedResult {
  return {
    label: 'published, not run here',
    method: 'HRM',
    parameters: '27M',
    split: 'test',
    metric: 'exact accuracy',
    score: 0.55,
    dollarsPerTask: null,
    source: 'arXiv 2510.04871',
    ...changes,
  };
}

export function protocol(changes: Partial<Protocol> = {}): Protocol {
  return {
    key: '16-steps.bfloat16',
    label: '16 steps · bfloat16',
    steps: 16,
    dtype: 'bfloat16',
    augmentations: null,
    earlyHalting: false,
    blankIdentifier: false,
    adaptation: null,
    whole: true,
    ...changes,
  };
}

export function answersEntry(changes: Partial<AnswersEntry> = {}): AnswersEntry {
  return {
    label: 'answers, scored here, not run here',
    evaluation: '6f1d3c1e-0000-4000-8000-00000000000a',
    model: 'some-llm',
    fileName: 'submission.json',
    score: 0.4,
    interval: { low: 0.3, high: 0.5 },
    scores: { exact_accuracy: 0.4 },
    dollarsPerTask: null,
    paper: null,
    code: null,
    finishedAt: '2026-03-01T12:00:00Z',
    ...changes,
  };
}

export function leaderboard(changes: Partial<Leaderboard> = {}): Leaderboard {
  return {
    puzzleSet: {
      name: 'sudoku-4x4',
      kind: 'sudoku',
      digest: 'cd'.repeat(32),
      seqLen: 16,
      vocabSize: 6,
      identifierCount: 1,
      exampleCount: 100,
      taskCount: 100,
      createdAt: '2026-03-01T09:00:00Z',
      mainMetric: 'exact_accuracy',
      evaluations: 2,
      successor: null,
    },
    metric: 'exact_accuracy',
    protocol: protocol(),
    protocols: [{ protocol: protocol(), evaluations: 2 }],
    split: null,
    solutionsHidden: false,
    without: null,
    entries: [],
    answers: [],
    published: [],
    ...changes,
  };
}

export function evaluation(changes: Partial<Run> = {}): Run {
  return {
    id: '6f1d3c1e-0000-4000-8000-000000000001',
    state: 'running',
    since: '2026-03-01T12:00:00Z',
    failure: null,
    canary: null,
    training: null,
    progress: null,
    partial: false,
    answered: null,
    priority: 'normal',
    repeat: 1,
    original: null,
    verification: null,
    model: 'trm-att',
    puzzleSet: 'sudoku-4x4',
    puzzleSetKind: 'sudoku',
    checkpoint: 'ab'.repeat(32),
    fileName: 'step_484',
    origin: null,
    architecture: 'trm',
    protocol: protocol(),
    meanSteps: null,
    coreParameters: 26_000,
    embeddingParameters: 64,
    exampleCount: 100,
    examplesDone: 25,
    unitCount: 4,
    unitsDone: 1,
    computeMillis: 1000,
    scores: {},
    intervals: {},
    hyperParameters: {},
    configurationSources: {},
    notes: [],
    answers: null,
    mainMetric: 'exact_accuracy',
    createdAt: '2026-03-01T11:59:00Z',
    startedAt: '2026-03-01T12:00:00Z',
    finishedAt: null,
    ...changes,
  };
}

export function summary(changes: Partial<TaskSummary> = {}): TaskSummary {
  return {
    index: 0,
    name: 'puzzle 0',
    outputs: 1,
    solved: 1,
    verdict: 'right',
    solutionRank: 1,
    wrongCells: 0,
    rightCells: 1,
    votes: 1,
    meanHalt: 0.9,
    thumbnail: null,
    ...changes,
  };
}

/** A grid as the API sends it. */
export function encoded(rows: readonly (readonly number[])[]): EncodedGrid {
  return {
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    cells: btoa(String.fromCharCode(...rows.flat())),
  };
}

export function model(changes: Partial<Model> = {}): Model {
  return {
    name: 'trm-att',
    evaluations: 1,
    checkpointCount: 1,
    firstSeen: '2026-03-01T11:59:00Z',
    lastSeen: '2026-03-01T11:59:00Z',
    checkpoints: [modelCheckpoint()],
    best: [],
    ...changes,
  };
}

export function modelCheckpoint(changes: Partial<ModelCheckpoint> = {}): ModelCheckpoint {
  return {
    manifest: '0a'.repeat(32),
    checkpoint: 'ab'.repeat(32),
    source: 'ef'.repeat(32),
    fileName: 'step_484',
    architecture: 'trm',
    coreParameters: 26_000,
    embeddingParameters: 64,
    hyperParameters: { highCycles: 3, lowCycles: 6 },
    evaluations: 1,
    firstSeen: '2026-03-01T11:59:00Z',
    otherModels: [],
    ...changes,
  };
}

export function bestScore(changes: Partial<BestScore> = {}): BestScore {
  return {
    puzzleSet: 'sudoku-4x4',
    puzzleSetKind: 'sudoku',
    protocol: protocol(),
    metric: 'exact_accuracy',
    score: 0.875,
    interval: { low: 0.8, high: 0.92 },
    evaluation: 'e1',
    checkpoint: 'ab'.repeat(32),
    verification: null,
    evaluations: 1,
    finishedAt: '2026-03-01T12:00:00Z',
    ...changes,
  };
}

export function evaluationLine(changes: Partial<EvaluationLine> = {}): EvaluationLine {
  return {
    id: 'e1',
    state: 'finished',
    partial: false,
    answered: null,
    repeat: 1,
    verification: null,
    puzzleSet: 'sudoku-4x4',
    puzzleSetKind: 'sudoku',
    protocol: protocol(),
    checkpoint: 'ab'.repeat(32),
    fileName: 'step_484',
    metric: 'exact_accuracy',
    score: 0.875,
    interval: { low: 0.8, high: 0.92 },
    createdAt: '2026-03-01T11:59:00Z',
    finishedAt: '2026-03-01T12:00:00Z',
    ...changes,
  };
}

/** What is said of answers of another system. */
export const ANSWERS: NonNullable<Evaluation['answers']> = {
  label: 'answers, scored here, not run here',
  digest: 'ef'.repeat(32),
  lenient: false,
  dollarsPerTask: 0.3,
  paper: null,
  code: null,
  report: { outputs: 100, missing: 0, unanswered: 0, unreadable: 0, notCounted: 0, unknown: 0, firstUnknown: [], cost: null },
};
