import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { getJson } from '../api/resource';
import type { FrameOfStep, FramesOfStep, Kind, ScoresByStep, TaskSummary } from '../api/types';

/** What a wall's film stops at: an improvement step, or null for what the evaluation answered in the end. */
export type Stop = number | null;

/** What is known after one step, by the tasks' indexes. */
export type Frames = ReadonlyMap<number, readonly FrameOfStep[]>;

/**
 * Where each task is answered once, its answer after the last step is the one in the end; where examples vote, what they came to is
 * one stop more. None where there is nothing to play.
 */
export function stopsOf({ kept, steps }: ScoresByStep, kind: Kind): readonly Stop[] {
  if (!kept || steps.length < 2) return [];
  const numbers = steps.map(({ step }) => step);
  return [...(kind === 'arc' ? numbers : numbers.slice(0, -1)), null];
}

/** All of one step: as many as are kept, which are hundreds. */
export async function readFrames(evaluation: string, step: number): Promise<Frames> {
  const frames = new Map<number, FrameOfStep[]>();
  let after: number | null = -1;
  while (after !== null) {
    const page: FramesOfStep = await getJson<FramesOfStep>(api.framesOfStep(evaluation, step, after));
    for (const frame of page.frames) {
      const ofTask = frames.get(frame.task) ?? [];
      // Examples that show the same input share their votes: the first is enough.
      if (!ofTask.some(({ output }) => output === frame.output)) frames.set(frame.task, [...ofTask, frame]);
    }
    after = page.next;
  }
  return frames;
}

/** A task of the wall as it was after a step; without a grid where that was not kept. */
export function asAfter(task: TaskSummary, frames: Frames): TaskSummary {
  const own = frames.get(task.index) ?? [];
  const first = own.find(({ output }) => output === 0);
  const right = own.length >= task.outputs && own.every(({ correct }) => correct);
  const wrong = own.some(({ correct }) => correct === false);
  return {
    ...task,
    verdict: right ? 'right' : wrong ? 'wrong' : null,
    solved: own.filter(({ correct }) => correct).length,
    solutionRank: null,
    wrongCells: first?.wrongCells ?? null,
    rightCells: null,
    thumbnail: first?.grid ?? null,
  };
}

interface Read {
  readonly frames: Frames | null;
  readonly problem: Problem | null;
}

/** What was answered after a step; until it is read, that of the step before stays. The one after it is read ahead. */
export function useFrames(evaluation: string, step: Stop, next: Stop): Read {
  const [read, setRead] = useState<Read>({ frames: null, problem: null });
  const asked = useRef(new Map<string, Promise<Frames>>());
  useEffect(() => {
    if (step === null) return;
    let wanted = true;
    const ask = (one: number) => {
      const key = `${evaluation} ${one}`;
      const answer = asked.current.get(key) ?? readFrames(evaluation, one);
      asked.current.set(key, answer);
      // One that failed is asked for again.
      answer.catch(() => asked.current.delete(key));
      return answer;
    };
    ask(step).then(
      (frames) => {
        if (!wanted) return;
        setRead({ frames, problem: null });
        if (next !== null) ask(next).catch(() => undefined);
      },
      (error: unknown) => wanted && setRead({ frames: null, problem: problemOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [evaluation, step, next]);
  return step === null ? { frames: null, problem: null } : read;
}
