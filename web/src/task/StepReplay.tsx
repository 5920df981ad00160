import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { postWish, useResource } from '../api/resource';
import type { StepReplay as Recorded, Frame, Kind } from '../api/types';
import { haltProbability } from '../format/halting';
import { percent, plural } from '../format/numbers';
import { decode, type Cells } from '../grid/cells';
import { GridFigure } from '../grid/GridFigure';
import { Icon } from '../shell/Icon';
import { ProblemNotice } from '../shell/Notice';
import { usePlayback } from './playback';

interface StepReplayProps {
  readonly evaluation: string;
  /** What tells it from the film of another output of the task. */
  readonly within?: string | undefined;
  readonly task: number;
  readonly output: number;
  readonly kind: Kind;
  readonly expected: Cells | undefined;
  readonly input: Cells;
}

/** How often it is looked whether a film that is waited for is there. */
const LOOK_MILLIS = 1500;

/** The recursion on one test input, step by step; where its steps were not kept, a solver does it once more on demand. */
export function StepReplay({ evaluation, within, task, output, kind, expected, input }: StepReplayProps) {
  const address = api.film(evaluation, task, output);
  const { value: film, reload } = useResource<Recorded>(address);
  const [problem, setProblem] = useState<Problem | null>(null);
  // The answer that said there is none when it was asked for one: the next answer knows of that.
  const [asked, setAsked] = useState<Recorded | null>(null);
  const there = film !== undefined && film.frames.length > 0;
  const waiting = film !== undefined && !there && (asked === film || film.wanted?.failure === null);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(reload, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [waiting, reload]);
  if (!film) return null;
  if (there) return <Player frames={film.frames} {...{ within, kind, expected, input }} />;
  const ask = async () => {
    setProblem(null);
    setAsked(film);
    try {
      await postWish(address);
      reload();
    } catch (error) {
      setAsked(null);
      setProblem(problemOf(error));
    }
  };
  return (
    <div class="film" role="group" aria-label="The recursion, step by step">
      <h3>The recursion, step by step</h3>
      <p class="sub-inline" role="status">
        {waiting
          ? 'A solver runs this task once more; the film comes by itself…'
          : film.wanted?.failure
            ? `There is no film: ${film.wanted.failure}.`
            : 'The steps of this task were not kept. A solver can do it once more; the score stays as it is.'}
      </p>
      {!waiting && (
        <button type="button" onClick={() => void ask()}>
          <Icon name="play" /> {film.wanted?.failure ? 'Try again' : 'Compute the film'}
        </button>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}

type PlayerProps = Pick<StepReplayProps, 'within' | 'kind' | 'expected' | 'input'> & { readonly frames: readonly Frame[] };

function Player({ frames, within, kind, expected, input }: PlayerProps) {
  const { place, show, playing, toggle } = usePlayback(frames.length);
  const frame = frames[place] ?? frames[0]!;
  const grid = useMemo(() => decode(frame.grid), [frame]);
  const last = frames.at(-1)!;
  return (
    <div class="film" role="group" aria-label="The recursion, step by step">
      <h3>The recursion, step by step</h3>
      {kind === 'arc' && <p class="sub-inline">On the task as it is, one of the examples that vote.</p>}
      <div class="film-room">
        <GridFigure title={`After step ${frame.step}`} {...{ within, kind, grid, expected, input }} />
        <div class="film-side">
          <div class="film-controls">
            {toggle && (
              <button type="button" onClick={toggle}>
                <Icon name={playing ? 'pause' : 'play'} /> {playing ? 'Pause' : 'Play'}
              </button>
            )}
            <input
              type="range"
              min={0}
              max={frames.length - 1}
              step={1}
              value={place}
              aria-label="Improvement step"
              aria-valuetext={`Step ${frame.step} of ${last.step}, ${frameWords(frame)}`}
              onInput={(event) => show(Number(event.currentTarget.value))}
            />
            <output class="num">
              step {frame.step} of {last.step}
            </output>
          </div>
          <p class="sub-inline">{frameWords(frame)}</p>
          <HaltCurve frames={frames} place={place} />
        </div>
      </div>
    </div>
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
    <figure class="film-halt" aria-hidden="true">
      <figcaption class="sub-inline">Halt probability by step; above the line it would halt</figcaption>
      <svg viewBox={`0 0 ${frames.length} 1`} preserveAspectRatio="none" focusable="false">
        <rect class="film-halt-room" width={frames.length} height="1" />
        {frames.map((frame, i) => {
          const height = haltProbability(frame.qHalt);
          return (
            <rect
              key={frame.step}
              class={i === place ? 'film-bar film-bar-now' : 'film-bar'}
              x={i + 0.1}
              width="0.8"
              y={1 - height}
              height={height}
            />
          );
        })}
        <path class="film-halt-line" d={`M0 0.5H${frames.length}`} />
      </svg>
    </figure>
  );
}
