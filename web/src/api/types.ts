/*
 * What the HTTP API answers and takes, under the names that the page uses. The types themselves are made by `npm run types`
 * from openapi.json, the document of both services; tests of these fail when it is not the one that is served, and say how to
 * renew it.
 */
import type { RULES } from '../../target/api/rules';
import type { components } from '../../target/api/schema';

/** The rules of the server that the page needs, too. */
export { RULES } from '../../target/api/rules';
/** The words of closed vocabularies, as the document lists them. */
export { dtypeValues as DTYPES, puzzleKindValues as KINDS, taskVerdictValues as VERDICTS } from '../../target/api/schema';

type Schemas = components['schemas'];

export type PuzzleSet = Schemas['PuzzleSetView'];
export type Kind = Schemas['PuzzleKind'];
export type Metric = Schemas['Metric'];

/** The board that the first page begins with. */
export type HomeBoard = Schemas['HomeBoard'];

/** A puzzle set with where it comes from. */
export type PuzzleSetDetail = Schemas['PuzzleSetDetail'];
/** How an ARC set was built of raw tasks. */
export type Recipe = Schemas['ArcRecipe'];

/** How a checkpoint was run; scores of different protocols are different quantities and never share a board. */
export type Protocol = Schemas['ProtocolView'];

/** A leaderboard as it is answered: entries without a score come last. */
export type LeaderboardAnswer = Schemas['Leaderboard'];
type Entry = Schemas['Entry'];
type Standing = 'rank' | 'tieGroup' | 'score';
/** A run of this platform; equal scores share a rank, within a tie group nobody differs significantly from its best. */
export type LeaderboardEntry = Entry & { readonly [Field in Standing]: number };
/** A run where nobody knows the solutions. */
export type UnscoredEntry = Entry & { readonly [Field in Standing]: null };
/** What a board ranks. */
export type Leaderboard = Omit<LeaderboardAnswer, 'entries'> & { readonly entries: readonly LeaderboardEntry[] };
/** Which of a set's boards is asked for. */
export interface BoardOf {
  /** Key of the protocol; null for the one that most have run by. */
  readonly protocol: string | null;
  /** The set whose tasks are left out of the scores. */
  readonly without: string | null;
}
/** Tasks that another set has, too, and that no score of a board is about. */
export type Without = Schemas['Without'];
/** A claim of others, never a run of this platform. */
export type PublishedResult = Schemas['Published'];

/** Answers of another system, scored here and not run here: never among the entries. */
export type AnswersEntry = Schemas['Answers'];

export type Evaluation = Schemas['EvaluationView'];
type OfRuns = 'checkpoint' | 'architecture' | 'protocol' | 'coreParameters' | 'embeddingParameters';
/** One of a checkpoint that was run here. */
export type Run = Evaluation & { readonly [Field in OfRuns]: NonNullable<Evaluation[Field]> };
export type EvaluationState = Schemas['EvaluationState'];
/** What the demonstrations say of how an evaluation is set up. */
export type CanaryVerdict = Schemas['CanaryVerdict'];
/** Some evaluations, newest first. */
export type EvaluationPage = Schemas['EvaluationPage'];
/** The denominators of an evaluation that ended early. */
export type Answered = Schemas['AnsweredView'];
/** Metric name → value in 0…1. */
export type Scores = Evaluation['scores'];
/** 95 % interval of a score, both ends in 0…1. */
export type Interval = Schemas['Interval'];

/** Storage of one kind that is in use. */
export type Storage = Schemas['StorageView'];

/** What a removal takes away. */
export type Removal = Schemas['RemovalView'];

/** What people do to an evaluation. */
export type Command = keyof typeof RULES.possibleIn;
/** A solver by its own word. */
export type Solver = Schemas['SolverView'];
/** What happened to an evaluation, and its failed deliveries. */
export type History = Schemas['HistoryView'];
/** A work unit that a solver got and did not solve. */
export type FailedDelivery = Schemas['Trouble'];
/** All runs of one checkpoint on one set by one protocol, and whether they agree. */
export type Repeats = Schemas['Repeats'];
export type Agreement = Schemas['AgreementView'];
/** A named line of checkpoints. */
export type Model = Schemas['Model'];
/** A checkpoint as a model had it: weights, and the configuration and file they came with. */
export type ModelCheckpoint = Schemas['CheckpointView'];
/** The best that a model reached on a set by one protocol. */
export type BestScore = Schemas['BestScoreView'];
/** Some evaluations of a model, newest first. */
export type ModelHistory = Schemas['ModelHistory'];
export type EvaluationLine = Schemas['EvaluationLine'];
/** Messages that could not be read or recorded. */
export type QuarantinePage = Schemas['QuarantinePage'];

/** Tasks that another puzzle set has, too. */
export type Overlap = Schemas['Overlap'];
/** Two to six evaluations of one puzzle set, task by task. */
export type Comparison = Schemas['Comparison'];
/** Two of them, by their places. */
export type ComparedPair = Schemas['Pair'];
/** How many tasks exactly these solve. */
export type SolverSet = Schemas['Pattern'];
export type ComparedTasks = Schemas['ComparedTasks'];
export type ComparedTask = Schemas['ComparedTask'];

/** A grid as it travels: row-major, base64, one byte a cell. */
export type EncodedGrid = Schemas['EncodedGrid'];

export type TaskPage = Schemas['TaskPage'];
export type TaskSummary = Schemas['Summary'];
/** What became of a task. */
export type TaskVerdict = Schemas['TaskVerdict'];
/** An order of tasks; a minus sign puts the greatest first. */
export type TaskSort = Schemas['TaskSort'];
/** Which tasks a page of them holds; the API knows the first as the absence of the others. */
export type TaskFilter = 'all' | TaskVerdict;

/** Some tasks of a puzzle set, whether anybody was evaluated on it or not. */
export type SetTaskPage = Schemas['SetTaskPage'];
export type ListedTask = Schemas['ListedTask'];
/** A task of a set, whoever answered it. */
export type SetTask = Schemas['SetTask'];
export type UnansweredOutput = Schemas['UnansweredOutput'];
/** What some models answered to it, each in its best evaluation. */
export type SetTaskAnswers = Schemas['SetTaskAnswers'];
export type ModelAnswer = Schemas['ModelAnswer'];
export type AnsweredOutput = Schemas['AnsweredOutput'];

export type Task = Schemas['TaskDetail'];
export type Demonstration = Schemas['Demonstration'];
export type TestOutput = Schemas['TestOutput'];
export type Candidate = Schemas['Candidate'];

/** What recursion bought: the scores had every example stopped after a step. */
export type ScoresByStep = Schemas['ScoresByStep'];
/** What was answered after one step, to many tasks. */
export type FramesOfStep = Schemas['FramesOfStep'];
export type FrameOfStep = Schemas['Shown'];
/** The recursion on one test input, an answer a step. */
export type StepReplay = Schemas['StepReplay'];
export type Frame = Schemas['Frame'];

/** A refusal, or what the page says when none arrived: then only the first two are sure. */
export type ProblemDetails = Pick<Schemas['Problem'], 'status' | 'title'> & {
  readonly [Field in 'file' | 'place' | 'problem' | 'remedy']?: Schemas['Problem'][Field] | null;
};

/** An uploaded file: its id is what the requests below name it by. */
export type Upload = Schemas['UploadStatus'];
/** A file of a hub on its way to the platform. */
export type Fetch = Schemas['FetchView'];
/** A file that is fetched, with the configuration beside it. */
export type Fetched = Schemas['Fetched'];
export type FetchRequest = Schemas['FetchRequest'];
/** What lies in a folder of a hub. */
export type HubFolder = Schemas['HubFolder'];
/** A file of a hub, with its path in its repository or among the files of a puzzle set. */
export type FileOfHub = Schemas['File'];
/** Raw ARC tasks of one subset. */
export type RawTasks = Schemas['RawTasks'];
export type EvaluationRequest = Schemas['EvaluationRequest'];
export type AnswersRequest = Schemas['AnswersRequest'];
/** What an uploaded checkpoint is, before it is evaluated. */
export type Inspection = Schemas['Inspection'];
export type InspectionRequest = Schemas['InspectionRequest'];
export type RequestedProtocol = Schemas['RequestedProtocol'];
/** A puzzle set that just came in, and what is odd about its files. */
export type ImportedPuzzleSet = Schemas['ImportedPuzzleSet'];
export type PuzzleSetRequest = Schemas['PuzzleSetRequest'];
