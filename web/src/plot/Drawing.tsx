import { useMemo } from 'preact/hooks';
import type { Marking } from '../board/marking';
import { plural } from '../format/numbers';
import { metricName } from '../format/words';
import { useWidth } from '../shell/useWidth';
import { AXIS_NAMES, type Axis, axisValue, NOT_KNOWN } from './axes';
import { frontNames, nameThem, sameFront } from './names';
import { PlotMark } from './PlotMark';
import type { AxisPoint, PlotContent } from './points';
import { MARGIN, type Scales, scalesFor } from './scales';
import { textWidth } from './textWidth';

const HEIGHT = 420;

interface DrawingProps {
  readonly metric: string;
  readonly content: PlotContent;
  /** Points that are drawn by now. */
  readonly drawn: number;
  readonly axis: Axis;
  readonly marking: Marking;
}

export function Drawing({ metric, content, drawn, axis, marking }: DrawingProps) {
  const { room, width } = useWidth();
  const laidOut = useMemo(() => {
    const scales = scalesFor(content.points, width, HEIGHT);
    const fronts = frontNames(content, scales, textWidth);
    const taken = [fronts.own, fronts.claims].flatMap((name) => (name ? [name.box] : []));
    return { scales, fronts, names: nameThem(content, scales, { width, height: HEIGHT }, taken, textWidth) };
  }, [content, width]);
  const { scales, fronts, names } = laidOut;
  return (
    <div class="plot-room" ref={room}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset */}
      <svg
        class="plot-drawing"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="group"
        aria-label={`${metricName(metric)} against ${AXIS_NAMES[axis].toLowerCase()}, ${plural(content.points.length, 'point')}`}
      >
        <Frame {...{ scales, axis }} />
        {!sameFront(content) && <path class="plot-front plot-claims" d={frontPath(content.claimed, scales)} />}
        <path class="plot-front" d={frontPath(content.front, scales)} />
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: words of a drawing take no focus */}
        <g aria-hidden="true">
          {[fronts.own, fronts.claims].map(
            (name) =>
              name && (
                <text key={name.text} class="plot-front-name" x={name.x} y={name.y}>
                  {name.text}
                </text>
              ),
          )}
        </g>
        {content.points.slice(0, drawn).map((point) => (
          <PlotMark
            key={point.key}
            point={point}
            x={scales.at(point).x}
            y={scales.y}
            name={names.get(point.key) ?? null}
            marked={marking.marked === point.key}
            onMark={marking.onMark}
          />
        ))}
      </svg>
    </div>
  );
}

/** The best score to be had for at most so much, as steps to the right. */
function frontPath(front: readonly AxisPoint[], { x, y, right }: Scales): string {
  if (front.length === 0) return '';
  const steps = front.map((point, index) => (index === 0 ? `M${x(point.x)} ${y(point.score)}` : `H${x(point.x)}V${y(point.score)}`));
  return `${steps.join('')}H${right}`;
}

function Frame({ scales, axis }: { readonly scales: Scales; readonly axis: Axis }) {
  const bottom = HEIGHT - MARGIN.bottom;
  const { rail } = scales;
  const end = rail?.right ?? scales.right;
  const fits = (text: string) => textWidth(text) < scales.right - MARGIN.left;
  const anyPlaced = rail === null || rail.left > MARGIN.left;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: lines and numbers of a drawing take no focus
    <g class="plot-frame" aria-hidden="true">
      {rail && <rect class="plot-rail" x={rail.left} y={MARGIN.top - 8} width={rail.right - rail.left} height={bottom - MARGIN.top + 8} />}
      {scales.yTicks.map((tick) => (
        <g key={tick}>
          <line x1={MARGIN.left} x2={end} y1={scales.y(tick)} y2={scales.y(tick)} />
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
      {anyPlaced && (
        <text class="plot-x plot-axis" x={(MARGIN.left + scales.right) / 2} y={HEIGHT - 6}>
          {[`${AXIS_NAMES[axis]}, logarithmic`, `${AXIS_NAMES[axis]}, log`].find(fits) ?? AXIS_NAMES[axis]}
        </text>
      )}
      {rail &&
        NOT_KNOWN[axis].map((words, line) => (
          <text key={words} class="plot-x" x={(rail.left + rail.right) / 2} y={bottom + 16 + 15 * line}>
            {words}
          </text>
        ))}
    </g>
  );
}
