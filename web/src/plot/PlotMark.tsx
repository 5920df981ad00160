import { useMemo } from 'preact/hooks';
import { type Marking, marks } from '../board/marking';
import type { LabelPlace } from './labels';
import type { Named } from './names';
import type { PlotPoint } from './points';

interface MarkProps {
  readonly point: PlotPoint;
  readonly x: number;
  readonly y: (score: number) => number;
  /** Null where there is no room for it. */
  readonly name: Named | null;
  readonly marked: boolean;
  readonly onMark: Marking['onMark'];
}

/** A point of the plot: a link to its evaluation, or to where a published result can be looked up. */
export function PlotMark({ point, x, y, name, marked, onMark }: MarkProps) {
  // As in the table: only the two points that change are drawn anew.
  return useMemo(() => {
    const cy = y(point.score);
    const linked = marks(point.key, marked, onMark);
    const drawn = (
      <>
        <circle class="plot-reach" cx={x} cy={cy} r="12" />
        {point.interval && <line class="plot-interval" x1={x} x2={x} y1={y(point.interval.low)} y2={y(point.interval.high)} />}
        <Shape point={point} x={x} y={cy} />
        {name && <Label place={name.place} text={name.text} />}
      </>
    );
    const className = point.onFront ? 'plot-point on-front' : 'plot-point';
    if (point.href === null) {
      // In a drawing the attribute's name is not put into small letters for us.
      return (
        // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes the focus to be read, there is nothing to press
        <g class={className} tabindex={0} role="img" aria-label={point.label} {...linked}>
          {drawn}
        </g>
      );
    }
    const elsewhere = point.origin === 'published' ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {};
    return (
      <a class={className} href={point.href} aria-label={point.label} {...elsewhere} {...linked}>
        {drawn}
      </a>
    );
  }, [point, x, y, name, marked, onMark]);
}

/** Told apart by their form, not by colour alone. */
export function Shape({ point, x, y }: { readonly point: Pick<PlotPoint, 'origin' | 'split'>; readonly x: number; readonly y: number }) {
  switch (point.origin) {
    case 'run':
      return <circle class="plot-run" cx={x} cy={y} r="4.5" />;
    case 'answers':
      return <rect class="plot-scored" x={x - 4} y={y - 4} width="8" height="8" />;
    case 'published':
      return (
        <path
          class={point.split === 'semi-private' ? 'plot-claim plot-unseen' : 'plot-claim'}
          d={`M${x} ${y - 5.5}l5.5 5.5-5.5 5.5-5.5-5.5z`}
        />
      );
  }
}

function Label({ place, text }: { readonly place: LabelPlace; readonly text: string }) {
  return (
    <>
      {place.leader && (
        <line class="plot-leader" x1={place.leader[0].x} y1={place.leader[0].y} x2={place.leader[1].x} y2={place.leader[1].y} />
      )}
      <text class="plot-name" x={place.x} y={place.y + 11}>
        {text}
      </text>
    </>
  );
}
