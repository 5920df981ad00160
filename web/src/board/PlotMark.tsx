import { useMemo } from 'preact/hooks';
import { type Marking, marks } from './marking';
import type { PlotPoint } from './plotPoints';

interface MarkProps {
  readonly point: PlotPoint;
  readonly x: number;
  readonly y: (score: number) => number;
  readonly marked: boolean;
  readonly onMark: Marking['onMark'];
}

/** A point of the plot: a link to its evaluation, or a published result, which has no page. */
export function PlotMark({ point, x, y, marked, onMark }: MarkProps) {
  // As in the table: only the two points that change are drawn anew.
  return useMemo(() => {
    const cy = y(point.score);
    const linked = marks(point.key, marked, onMark);
    if (point.href === null) {
      // In a drawing the attribute's name is not put into small letters for us.
      return (
        // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes the focus to be read, there is nothing to press
        <g class="plot-point" tabindex={0} role="img" aria-label={point.label} {...linked}>
          <circle class="plot-reach" cx={x} cy={cy} r="12" />
          <path class="plot-claim" d={`M${x} ${cy - 5.5}l5.5 5.5-5.5 5.5-5.5-5.5z`} />
        </g>
      );
    }
    return (
      <a class={point.onFront ? 'plot-point on-front' : 'plot-point'} href={point.href} aria-label={point.label} {...linked}>
        <circle class="plot-reach" cx={x} cy={cy} r="12" />
        {point.interval && <line class="plot-interval" x1={x} x2={x} y1={y(point.interval.low)} y2={y(point.interval.high)} />}
        <circle class="plot-run" cx={x} cy={cy} r="4.5" />
      </a>
    );
  }, [point, x, y, marked, onMark]);
}
