import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { postWish, useResource } from '../api/resource';
import type { Frame, Kind, StepReplay as Recorded } from '../api/types';
import { useAction } from '../api/useAction';
import { haltProbability } from '../format/halting';
import { percent, plural } from '../format/numbers';
import { type Cells, decode } from '../grid/cells';
import { GridFigure } from '../grid/GridFigure';
import { Explained } from '../reading/Explain';
import { Icon } from '../shell/Icon';
import { ProblemNotice } from '../shell/Notice';
import { PlayControls } from './PlayControls';
import { placeAt } from './playback';

interface StepReplayProps {
  readonly evaluation: string;
  /** What tells it from the step replay of another output of the task. */
  readonly within?: string | undefined;
  readonly task: number;
  readonly output: number;
  readonly kind: Kind;
  readonly expected: Cells | undefined;
  readonly input: Cells;
  /** The improvement step that is looked at; null for the first that there is. */
  readonly step: number | null;
  readonly onStep: (step: number) => void;
  /** Whether one that is not there can be asked for: not inside the page of somebody else, who could lay anything over the button. */
  readonly canAsk?: boolean;
}

/** How often the page looks for a step replay that was asked for. */
const LOOK_MILLIS = 1500;

/** The grid after each improvement step of one test input; where the steps were not stored, a solver computes them on demand. */
export function StepReplay({ evaluation, within, task, output, kind, expected, input, step, onStep, canAsk = true }: StepReplayProps) {
  const address = api.stepReplay(evaluation, task, output);
  const { value: replay, reload } = useResource<Recorded>(address);
  // The answer that said there is none when it was asked for one: the next answer knows of that.
  const [asked, setAsked] = useState<Recorded | null>(null);
  const { run, pending, problem } = useAction(async (unanswered: Recorded) => {
    await postWish(address);
    setAsked(unanswered);
    reload();
  });
  const first = replay?.frames[0];
  const waiting = replay !== undefined && !first && (pending || asked === replay || replay.request?.failure === null);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(reload, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [waiting, reload]);
  if (!replay) return null;
  if (first) return <Player frames={replay.frames} {...{ first, within, kind, expected, input, step, onStep }} />;
  if (!canAsk) return null;
  return (
    <Room>
      <p class="sub-inline" role="status">
        {waiting
          ? 'A solver runs this task once more. The step replay appears when it is done.'
          : replay.request?.failure
            ? `There is no step replay: ${replay.request.failure}.`
            : 'The steps of this task were not stored. A solver can run it once more; the score stays as it is.'}
      </p>
      {!waiting && (
        <button type="button" onClick={() => run(replay)}>
          <Icon name="play" /> {replay.request?.failure ? 'Try again' : 'Compute the step replay'}
        </button>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </Room>
  );
}

function Room({ children }: { readonly children: ComponentChildren }) {
  return (
    <fieldset class="step-replay" aria-label="Step replay">
      <Explained term="step replay">
        <h3>Step replay</h3>
      </Explained>
      {children}
    </fieldset>
  );
}

type PlayerProps = Pick<StepReplayProps, 'within' | 'kind' | 'expected' | 'input' | 'step' | 'onStep'> & {
  readonly first: Frame;
  readonly frames: readonly Frame[];
};

function Player({ first, frames, within, kind, expected, input, step, onStep }: PlayerProps) {
  const place = placeAt(frames, step ?? first.step);
  const onPlace = (next: number) => onStep(frames[next]?.step ?? first.step);
  const frame = frames[place] ?? first;
  const grid = useMemo(() => decode(frame.grid), [frame]);
  const last = frames.at(-1) ?? first;
  return (
    <Room>
      {kind === 'arc' && <p class="sub-inline">On the task as it is, one of the examples that vote.</p>}
      <div class="replay-room">
        <GridFigure title={`After step ${frame.step}`} {...{ within, kind, grid, expected, input }} />
        <div class="replay-side">
          <PlayControls
            frames={frames.length}
            {...{ place, onPlace }}
            label="Improvement step"
            words={`Step ${frame.step} of ${last.step}, ${frameWords(frame)}`}
          >
            step {frame.step} of {last.step}
          </PlayControls>
          <p class="sub-inline">{frameWords(frame)}</p>
          <HaltCurve frames={frames} place={place} />
        </div>
      </div>
    </Room>
  );
}

function frameWords(frame: Frame): string {
  const halt = `halt probability ${percent(haltProbability(frame.qHalt))}`;
  if (frame.correct === null) return halt;
  if (frame.correct) return `all right, ${halt}`;
  return `${frame.wrongCells === null ? 'wrong size' : `${plural(frame.wrongCells, 'cell')} wrong`}, ${halt}`;
}

/** The halt probability over all steps, as bars; each says in words what it shows when its step is chosen. */
function HaltCurve({ frames, place }: { readonly frames: readonly Frame[]; readonly place: number }) {
  return (
    <figure class="replay-halt" aria-hidden="true">
      <figcaption class="sub-inline">Halt probability by step; above the line it would halt</figcaption>
      <svg viewBox={`0 0 ${frames.length} 1`} preserveAspectRatio="none" focusable="false" aria-hidden="true">
        <rect class="replay-halt-room" width={frames.length} height="1" />
        {frames.map((frame, i) => {
          const height = haltProbability(frame.qHalt);
          return (
            <rect
              key={frame.step}
              class={i === place ? 'replay-bar replay-bar-now' : 'replay-bar'}
              x={i + 0.1}
              width="0.8"
              y={1 - height}
              height={height}
            />
          );
        })}
        <path class="replay-halt-line" d={`M0 0.5H${frames.length}`} />
      </svg>
    </figure>
  );
}
