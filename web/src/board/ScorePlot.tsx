import { useMemo } from 'preact/hooks';
import type { Leaderboard } from '../api/types';
import { plural } from '../format/numbers';
import { metricName } from '../format/words';
import { Name } from '../shell/Name';
import { useWidth } from '../shell/useWidth';
import type { Marking } from './marking';
import { PlotMark } from './PlotMark';
import { AXIS_NAMES, axisValue, type PlotContent, plotContent } from './plotPoints';
import { MARGIN, type Scales, scalesFor } from './plotScales';
import { priced, type Shown } from './shown';
import { AXES, type Axis } from './view';

const HEIGHT = 300;

interface PlotProps {
  readonly board: Leaderboard;
  readonly rows: Shown;
  /** So many of its entries are drawn by now; axes and front are those of all. */
  readonly ready: number;
  readonly axis: Axis;
  readonly onAxis: (axis: Axis) => void;
  readonly marking: Marking;
}

/** What a score costs: every shown row as a point, the best for its cost joined by a line. */
export function ScorePlot({ board, rows, ready, axis, onAxis, marking }: PlotProps) {
  const content = useMemo(() => plotContent(board, rows, axis), [board, rows, axis]);
  const said = content.points.find((point) => point.key === marking.marked);
  return (
    <figure class="plot" aria-label="Scores and what they cost">
      <div class="plot-head">
        <label>
          <span>{metricName(board.metric)} against</span>{' '}
          <select value={axis} onChange={(event) => onAxis(AXES.find((a) => a === event.currentTarget.value) ?? axis)}>
            {AXES.filter((a) => a !== 'cost' || a === axis || costKnown(board)).map((a) => (
              <option key={a} value={a}>
                {AXIS_NAMES[a].toLowerCase()}
              </option>
            ))}
          </select>
        </label>
        <Legend content={content} />
      </div>
      {content.points.length > 0 && <Drawing {...{ board, content, axis, marking }} drawn={rows.published.length + ready} />}
      <figcaption class="plot-said">
        {/* A focused point is read by its own name; this is for the eye. */}
        {said && (
          <span aria-hidden="true">
            <Name>{said.name}</Name>
            {said.label.slice(said.name.length)}
          </span>
        )}
        {!said && <Unplaced content={content} axis={axis} />}
      </figcaption>
    </figure>
  );
}

/** Of what ran here or of what others published. */
function costKnown(board: Leaderboard): boolean {
  return priced(board) || board.published.some((result) => result.dollarsPerTask !== null);
}

function Unplaced({ content, axis }: { readonly content: PlotContent; readonly axis: Axis }) {
  const left = [
    ...(content.unplacedEntries > 0 ? [plural(content.unplacedEntries, 'entry', 'entries')] : []),
    ...(content.unplacedPublished > 0 ? [plural(content.unplacedPublished, 'published result')] : []),
  ];
  if (left.length === 0) return null;
  return (
    <span>
      Not placed: {left.join(' and ')} without a value of {AXIS_NAMES[axis].toLowerCase()}.
    </span>
  );
}

function Legend({ content }: { readonly content: PlotContent }) {
  return (
    <ul class="plot-legend" aria-hidden="true">
      <li>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle class="plot-run" cx="8" cy="8" r="4.5" />
        </svg>
        run here
      </li>
      {content.points.some((point) => point.href === null) && (
        <li>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path class="plot-claim" d="M8 2.5 13.5 8 8 13.5 2.5 8z" />
          </svg>
          published
        </li>
      )}
      <li>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path class="plot-front" d="M1 12H8V4H15" />
        </svg>
        Pareto front
      </li>
    </ul>
  );
}

interface DrawingProps {
  readonly board: Leaderboard;
  readonly content: PlotContent;
  /** Points that are drawn by now, published results first. */
  readonly drawn: number;
  readonly axis: Axis;
  readonly marking: Marking;
}

function Drawing({ board, content, drawn, axis, marking }: DrawingProps) {
  const { room, width } = useWidth();
  const scales = useMemo(() => scalesFor(content.points, width, HEIGHT), [content, width]);
  return (
    <div class="plot-room" ref={room}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset */}
      <svg
        class="plot-drawing"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="group"
        aria-label={`${metricName(board.metric)} against ${AXIS_NAMES[axis].toLowerCase()}, ${plural(content.points.length, 'point')}`}
      >
        <Frame {...{ scales, axis, width }} />
        <path class="plot-front" d={frontPath(content, scales, width - MARGIN.right)} />
        {content.points.slice(0, drawn).map((point) => (
          <PlotMark
            key={point.key}
            point={point}
            x={scales.x(point.x)}
            y={scales.y}
            marked={marking.marked === point.key}
            onMark={marking.onMark}
          />
        ))}
      </svg>
    </div>
  );
}

/** The best score to be had for at most so much, as steps to the right. */
function frontPath({ front }: PlotContent, { x, y }: Scales, right: number): string {
  if (front.length === 0) return '';
  const steps = front.map((point, index) => (index === 0 ? `M${x(point.x)} ${y(point.score)}` : `H${x(point.x)}V${y(point.score)}`));
  return `${steps.join('')}H${right}`;
}

function Frame({ scales, axis, width }: { readonly scales: Scales; readonly axis: Axis; readonly width: number }) {
  const bottom = HEIGHT - MARGIN.bottom;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: lines and numbers of a drawing take no focus
    <g class="plot-frame" aria-hidden="true">
      {scales.yTicks.map((tick) => (
        <g key={tick}>
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={scales.y(tick)} y2={scales.y(tick)} />
          <text class="plot-y" x={MARGIN.left - 8} y={scales.y(tick)}>
            {`${Number((100 * tick).toFixed(2))}%`}
          </text>
        </g>
      ))}
      {scales.xTicks.map((tick) => (
        <g key={tick}>
          <line x1={scales.x(tick)} x2={scales.x(tick)} y1={bottom} y2={bottom + 5} />
          <text class="plot-x" x={scales.x(tick)} y={bottom + 18}>
            {axisValue(axis, tick).replace(/\.0+(?= )/, '')}
          </text>
        </g>
      ))}
      <text class="plot-x plot-axis" x={(MARGIN.left + width - MARGIN.right) / 2} y={HEIGHT - 6}>
        {AXIS_NAMES[axis]}, logarithmic
      </text>
    </g>
  );
}
