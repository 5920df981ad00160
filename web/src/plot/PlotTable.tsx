import { percent, range } from '../format/numbers';
import { Name } from '../shell/Name';
import { ScrollRoom } from '../shell/Scrolling';
import { AXIS_NAMES, type Axis, axisValue } from './axes';
import type { PlotPoint } from './points';
import { SPLITS, type Split } from './splits';

const ORIGIN_NAMES: Readonly<Record<PlotPoint['origin'], string>> = { run: 'run here', answers: 'scored here', published: 'published' };

const SPLIT_NAMES: Readonly<Record<Split, string>> = { public: 'Public tasks', 'semi-private': 'Semi-private tasks' };

/** The points of a plot as a table, those of each split under a heading of their own, best first. */
export function PlotTable({
  points,
  axis,
  metric,
}: {
  readonly points: readonly PlotPoint[];
  readonly axis: Axis;
  readonly metric: string;
}) {
  const parts = [...SPLITS, null]
    .map((split) => ({ split, points: points.filter((point) => point.split === split).sort((a, b) => b.score - a.score) }))
    .filter((part) => part.points.length > 0);
  return (
    <ScrollRoom label="Table of the points">
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="num">
              {metric}
            </th>
            <th scope="col" class="num">
              {AXIS_NAMES[axis]}
            </th>
            <th scope="col">How it is known</th>
          </tr>
        </thead>
        {parts.map((part) => (
          <tbody key={part.split ?? 'other'}>
            {(parts.length > 1 || part.split !== null) && (
              <tr class="plot-part">
                <th scope="rowgroup" colSpan={4}>
                  {part.split === null ? 'Of no known split' : SPLIT_NAMES[part.split]}
                </th>
              </tr>
            )}
            {part.points.map((point) => (
              <tr key={point.key}>
                <th scope="row" class="model">
                  <PointLink point={point} />
                </th>
                <td class="num">
                  {percent(point.score)}
                  {point.interval && <span class="interval">{range(point.interval.low, point.interval.high)}</span>}
                </td>
                <td class="num">{point.x === null ? 'not known' : axisValue(axis, point.x)}</td>
                <td>{ORIGIN_NAMES[point.origin]}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRoom>
  );
}

function PointLink({ point }: { readonly point: PlotPoint }) {
  if (point.href === null) return <Name>{point.name}</Name>;
  const elsewhere = point.origin === 'published' ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {};
  return (
    <a href={point.href} {...elsewhere}>
      <Name>{point.name}</Name>
    </a>
  );
}
