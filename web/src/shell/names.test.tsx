import { cleanup, render, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '../api/paths';
import { WHOLE_BOARD } from '../board/view';
// Read before it is opened: no test waits for its script.
import '../compare/ComparePage';
import { WHOLE_WALL } from '../evaluation/wallView';
import { HandSource } from '../testing/HandSource';
import { bestScore, encoded, entry, evaluation, evaluationLine, leaderboard, model, modelCheckpoint, summary } from '../testing/samples';
import { App } from './App';
import { to } from './routes';

// Names in letters that run from the right: beside them numbers and brackets would change places.
const MODEL = 'דגם';
const SET = 'קבוצה';
const FILE = 'קובץ';
const TASK = 'חידה';
const SOLVER = 'פותר';
const OTHER_MODEL = 'אחר';
const OTHER_SET = 'נוספת';
const FROM_THE_RIGHT = /[\u0590-\u05ff]/;

const set = { ...leaderboard().puzzleSet, name: SET, successor: OTHER_SET };
const own = { model: MODEL, puzzleSet: SET, fileName: FILE };
const solver = {
  name: SOLVER,
  device: 'CPU',
  memoryBytes: null,
  alive: true,
  heartbeatAt: '2026-03-01T12:00:00Z',
  startedAt: '2026-03-01T11:00:00Z',
  unitsSolved: 1,
  examplesSolved: 1,
  evaluation: null,
  unit: null,
  steps: null,
};
const progress = { unitsWaiting: 1, unitsInFlight: 1, queuePosition: null, takingTurns: 0, examplesPerSecond: null, secondsLeft: null };
const running = evaluation({ id: 'run', ...own, progress: { ...progress, heardAt: null, solvers: [solver] } });
const finished = evaluation({ id: 'end', ...own, state: 'finished', scores: { exact_accuracy: 0.5 } });
const other = evaluation({ ...finished, id: 'other', model: OTHER_MODEL });
const scored = entry({ evaluation: 'end', model: MODEL, fileName: FILE, alsoAs: [OTHER_MODEL] });
const unscored = { ...scored, evaluation: 'hidden', rank: null, tieGroup: null, score: null };
const grid = encoded([[2, 1]]);
const task = {
  index: 0,
  name: TASK,
  kind: 'sudoku',
  demonstrations: [],
  outputs: [{ index: 0, input: grid, expected: grid, solutionRank: null, candidates: [] }],
};
const wall = {
  total: 1,
  right: 1,
  wrong: 0,
  solutionsHidden: false,
  next: null,
  verdicts: [{ verdict: 'right', tasks: 1 }],
  tasks: [summary({ name: TASK })],
};
const inspection = {
  fileName: FILE,
  architecture: 'trm',
  coreParameters: 1,
  embeddingParameters: 1,
  hyperParameters: {},
  configurationSources: {},
  notes: [],
  leftOut: [],
  missing: [],
  networks: [],
  files: [],
  presets: [],
  recipes: [],
  operationsPerSecond: null,
  before: [{ evaluation: 'end', sameFile: false, model: MODEL, puzzleSet: SET, protocol: '16 steps', state: 'finished', otherwise: {} }],
  fits: [{ puzzleSet: SET, fits: true, operationsPerStep: 1e12, mostOperations: 1, problem: null, mendedBy: [], notes: [] }],
};
const upload = { upload: 'u1', fileName: FILE, bytes: 1, offset: 1, digest: 'ab', expiresAt: '2026-03-02T12:00:00Z' };
const checkpoints = [modelCheckpoint({ fileName: FILE, otherModels: [OTHER_MODEL] }), modelCheckpoint({ manifest: '0b', fileName: FILE })];
const evaluations = (id: string) => `/api/evaluations/${id}`;

const ANSWERS: Record<string, unknown> = {
  [api.puzzleSets()]: [set, { ...set, name: OTHER_SET }],
  [api.puzzleSet(SET)]: { ...set, origin: 'csv', recipe: null, solutionsHidden: false },
  [api.leaderboard(SET)]: leaderboard({
    puzzleSet: set,
    entries: [scored, unscored as typeof scored],
    without: { set: OTHER_SET, digest: 'ef', leftOut: 1, remaining: 99 },
  }),
  [api.leaderboard(OTHER_SET)]: leaderboard({ puzzleSet: { ...set, name: OTHER_SET }, entries: [scored] }),
  [api.leaderboard(SET, { protocol: '16-steps.bfloat16' })]: leaderboard({
    puzzleSet: set,
    entries: [entry({ ...scored, evaluation: 'x' })],
  }),
  [api.overlaps(SET)]: [{ set: OTHER_SET, counted: true, taskCount: 1, tasks: [TASK] }],
  [api.evaluations(50)]: { evaluations: [running, finished], next: null },
  [evaluations('run')]: running,
  [evaluations('end')]: finished,
  [api.history('run')]: {
    events: [],
    troubles: [{ unit: 1, solver: SOLVER, startedAt: '2026-03-01T12:00:00Z', reason: null, log: [] }],
  },
  [api.tasks('end', WHOLE_WALL, 0, 500)]: wall,
  [api.task('end', 0)]: task,
  [api.task('other', 0)]: task,
  [api.compare(['end', 'other'])]: {
    evaluations: [finished, other],
    taskCount: 1,
    patterns: [{ solved: [true, false], tasks: 1 }],
    pairs: [{ first: 0, second: 1, both: 0, onlyFirst: 1, onlySecond: 0, neither: 0, pValue: 1, significant: false }],
    tasks: { tasks: [{ index: 0, name: TASK, solved: [true, false] }], next: null },
  },
  [api.model(MODEL)]: model({ name: MODEL, checkpoints, best: [bestScore({ puzzleSet: SET })] }),
  [api.modelHistory(MODEL, null, 25)]: { evaluations: [evaluationLine({ puzzleSet: SET, fileName: FILE })], next: null },
  [api.solvers()]: [solver],
  [api.upload('u1')]: upload,
  [api.inspections()]: inspection,
};

beforeEach(() => {
  sessionStorage.setItem('submit.checkpoint', 'u1');
  vi.stubGlobal('fetch', async (path: string) =>
    path in ANSWERS ? Response.json(ANSWERS[path]) : Response.json({ status: 404, title: 'not there' }, { status: 404 }),
  );
  vi.stubGlobal('EventSource', function open() {
    return new HandSource();
  });
  // Without one everything is near.
  vi.stubGlobal('IntersectionObserver', undefined);
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

/** What is only heard has no direction, an option holds text alone, a command is copied as it stands, and a name in a drawing stands alone. */
const ELSEWHERE = '.sr, option, figure.command, text.plot-name';

function texts(): Text[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found.filter((text) => FROM_THE_RIGHT.test(text.data) && !text.parentElement?.closest(ELSEWHERE));
}

it.each([
  ['overview', to.overview(), [MODEL, SET, FILE, OTHER_MODEL, OTHER_SET]],
  ['board', to.set(SET, WHOLE_BOARD), [MODEL, SET, FILE, OTHER_MODEL, OTHER_SET, TASK]],
  ['evaluation under way', to.evaluation('run'), [MODEL, SET, FILE, SOLVER]],
  ['finished evaluation', to.evaluation('end'), [MODEL, SET, FILE, TASK]],
  ['task', to.task('end', 0), [MODEL, SET, TASK]],
  ['comparison', to.compare(['end', 'other']), [MODEL, SET, FILE, TASK, OTHER_MODEL]],
  ['model', to.model(MODEL), [MODEL, SET, FILE, OTHER_MODEL]],
  ['operations', to.operations(), [MODEL, SET, SOLVER]],
  ['submission', to.submit(), [MODEL, SET, FILE]],
])('the page %s keeps every name apart from the words beside it', async (_, path, names) => {
  history.replaceState(null, '', path);
  render(<App />);
  await waitFor(() => {
    const shown = texts().map(({ data }) => data);
    expect(names.filter((name) => !shown.some((text) => text.includes(name)))).toEqual([]);
  });
  const bare = texts().filter((text) => !text.parentElement?.closest('bdi'));
  expect(bare.map((text) => `${text.data} in ${text.parentElement?.outerHTML}`)).toEqual([]);
});
