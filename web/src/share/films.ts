import { api } from '../api/paths';
import { getJson } from '../api/resource';
import type { Evaluation, Frame as OfStep, ScoresByStep, StepReplay, Task, TaskPage, TaskSummary } from '../api/types';
import { isRun } from '../evaluation/run';
import { PER_PAGE } from '../evaluation/verdict';
import { placeOf } from '../evaluation/WallControls';
import { asAfter, readFrames, type Stop, stopsOf } from '../evaluation/wallFilm';
import type { WallView } from '../evaluation/wallView';
import { percent, plural } from '../format/numbers';
import { metricName } from '../format/words';
import { type Looks, lookAt } from '../task/looks';
import { placeAt } from '../task/playback';
import type { Drawn, Film } from './picture';

/** Tiles of a picture: more are too small to see. */
const TILES = 96;

interface WallProps {
  readonly evaluation: Evaluation;
  readonly view: WallView;
  readonly pageNumber: number;
  /** The one that is looked at. */
  readonly step: Stop;
}

/** The wall as it is looked at, after each of its stops. */
export async function filmOfWall({ evaluation, view, pageNumber, step }: WallProps): Promise<Film> {
  const { id, model, puzzleSet, mainMetric, scores } = evaluation;
  const page = await getJson<TaskPage>(api.tasks(id, view, (pageNumber - 1) * PER_PAGE, TILES));
  const byStep = isRun(evaluation) ? await getJson<ScoresByStep>(api.steps(id)) : null;
  const found = byStep ? stopsOf(byStep, evaluation.puzzleSetKind) : [];
  const stops = found.length === 0 ? [null] : found;
  const frames = [];
  for (const each of stops) {
    const after = each === null ? null : await readFrames(id, each);
    const score = each === null ? scores[mainMetric] : byStep?.steps.find((one) => one.step === each)?.scores[byStep.metric];
    const words = [
      ...(each === null ? [] : [`step ${each} of ${byStep?.steps.at(-1)?.step}`]),
      ...(score === undefined ? [] : [`${metricName(mainMetric)} ${percent(score)}`]),
      ...(page.total > page.tasks.length ? [`${page.tasks.length} of ${plural(page.total, 'task')}`] : []),
    ];
    const grids = page.tasks.map((task) => drawn(after ? asAfter(task, after) : task));
    frames.push({ title: `${model} on ${puzzleSet}`, caption: words.join(' · '), grids });
  }
  return { kind: evaluation.puzzleSetKind, frames, now: placeOf(stops, step) };
}

function drawn({ thumbnail, verdict, solved, outputs }: TaskSummary): Drawn {
  return { grid: thumbnail, right: verdict === null ? null : solved === outputs };
}

/** The recursion on the first test output of a task; what was answered where that was not kept. */
export async function filmOfTask(evaluation: Evaluation, task: Task, looks: Looks): Promise<Film> {
  const title = `${task.name || `task ${task.index}`} · ${evaluation.model}`;
  const { step, candidate } = lookAt(looks, 0);
  const replay = await getJson<StepReplay>(api.stepReplay(evaluation.id, task.index, 0)).catch(() => null);
  if (replay && replay.frames.length > 0) {
    const last = replay.frames.at(-1)?.step;
    const frames = replay.frames.map((frame) => ({
      title,
      caption: [`step ${frame.step} of ${last}`, ...found(frame)].join(' · '),
      grids: [{ grid: frame.grid, right: frame.correct }],
    }));
    return { kind: task.kind, frames, now: placeAt(replay.frames, step ?? Number.POSITIVE_INFINITY) };
  }
  const candidates = task.outputs[0]?.candidates ?? [];
  const shown = candidates.find(({ rank }) => rank === candidate) ?? candidates[0];
  const grids = shown ? [{ grid: shown.grid, right: shown.correct }] : [];
  return { kind: task.kind, frames: [{ title, caption: shown ? found(shown).join() : 'no answer', grids }], now: 0 };
}

function found({ correct, wrongCells }: Pick<OfStep, 'correct' | 'wrongCells'>): readonly string[] {
  if (correct === null) return [];
  if (correct) return ['all right'];
  return [wrongCells === null ? 'wrong size' : `${plural(wrongCells, 'cell')} wrong`];
}
