import { useMemo } from 'preact/hooks';
import type { Marking } from '../board/marking';
import type { Shown } from '../board/shown';
import { plural } from '../format/numbers';
import { metricName } from '../format/words';
import { Name } from '../shell/Name';
import { AXES, AXIS_NAMES, type Axis, tellingAxis } from './axes';
import { Drawing } from './Drawing';
import { Legend } from './Legend';
import { PlotTable } from './PlotTable';
import type { Picture } from './picture';
import { type PlotContent, type PlotOf, plotContent, valuesOn } from './points';
import { ofSplit, SPLITS, type Split, splitOf, splitsAmong } from './splits';

interface PlotProps {
  readonly of: PlotOf;
  readonly rows: Shown;
  /** So many of its entries are drawn by now; axes and fronts are those of all. */
  readonly ready?: number;
  readonly picture: Picture;
  readonly onPicture: (picture: Picture) => void;
  /** Axes in the order in which they are taken where nobody chose one. */
  readonly order: readonly Axis[];
  readonly marking: Marking;
  /** Whether a table of the points belongs to it, where no other shows the same. */
  readonly listed?: boolean;
}

/**
 * What a score costs: every shown row as a point with its name, what has no place on the axis at the edge, and the best for its
 * cost joined by lines, of what ran here and of all that is claimed.
 */
export function ScorePlot({ of, rows: all, ready = all.entries.length, picture, onPicture, order, marking, listed = false }: PlotProps) {
  const { split } = picture;
  const rows = useMemo(() => ofSplit(all, of.split, split), [all, of, split]);
  const { axis, known } = useMemo(() => axes(of, rows, order, picture.axis), [of, rows, order, picture.axis]);
  const content = useMemo(() => plotContent(of, rows, axis), [of, rows, axis]);
  const splits = useMemo(() => splitsAmong(all.published), [all]);
  const said = content.points.find((point) => point.key === marking.marked);
  return (
    <figure class="plot" aria-label="Scores and what they cost">
      <div class="plot-head">
        <label>
          <span>{metricName(of.metric)} against</span>{' '}
          <select
            value={axis}
            onChange={(event) => onPicture({ ...picture, axis: AXES.find((a) => a === event.currentTarget.value) ?? null })}
          >
            {AXES.filter((a) => a === axis || known.has(a)).map((a) => (
              <option key={a} value={a}>
                {AXIS_NAMES[a].toLowerCase()}
              </option>
            ))}
          </select>
        </label>
        {splits.length > 1 && <SplitSwitch split={split} onSplit={(next) => onPicture({ ...picture, split: next })} />}
        <Legend content={content} />
      </div>
      {content.points.length > 0 ? (
        <Drawing {...{ content, axis, marking }} metric={of.metric} drawn={rows.published.length + rows.answers.length + ready} />
      ) : (
        <p class="plot-room nothing">No result of this split.</p>
      )}
      <figcaption class="plot-said">
        {/* A focused point is read by its own name; this is for the eye. */}
        {said ? (
          <span aria-hidden="true">
            <Name>{said.name}</Name>
            {said.label.slice(said.name.length)}
          </span>
        ) : (
          splits.length > 0 && <SplitNote of={of} split={split} content={content} />
        )}
      </figcaption>
      {listed && (
        <details class="plot-list">
          <summary>{plural(content.points.length, 'point')} as a table</summary>
          <PlotTable points={content.points} axis={axis} metric={metricName(of.metric)} />
        </details>
      )}
    </figure>
  );
}

/** The axis that is drawn, and those on which anything has a place. */
function axes(of: PlotOf, rows: Shown, order: readonly Axis[], chosen: Axis | null) {
  const values = new Map(AXES.map((axis) => [axis, valuesOn(axis, of, rows)]));
  const known = new Set(AXES.filter((axis) => values.get(axis)?.length));
  return { known, axis: chosen ?? tellingAxis(order, (axis) => values.get(axis) ?? []) };
}

function SplitSwitch({ split, onSplit }: { readonly split: Split | null; readonly onSplit: (split: Split | null) => void }) {
  return (
    <fieldset class="plot-splits">
      <legend class="sr">Split</legend>
      {[null, ...SPLITS].map((each) => (
        <button key={each ?? 'both'} type="button" aria-pressed={each === split} onClick={() => onSplit(each)}>
          {each ?? 'both splits'}
        </button>
      ))}
    </fieldset>
  );
}

/** What may be compared with what. */
function SplitNote({ of, split, content }: { readonly of: PlotOf; readonly split: Split | null; readonly content: PlotContent }) {
  const scoredHere = content.points.some((point) => point.origin !== 'published');
  const own = splitOf(of.split);
  const set =
    of.split === null
      ? scoredHere && 'Nobody said of which split the set here is.'
      : split !== null && own !== null && own !== split
        ? `The set here is the ${of.split}: nothing that ran here stands among these.`
        : `The set here is the ${of.split}.`;
  return (
    <span>
      {split === null
        ? 'Public and semi-private scores are of different tasks and do not compare.'
        : `Scores of the ${split} tasks${split === 'semi-private' ? ', which models have not seen' : ''}.`}{' '}
      {set}
    </span>
  );
}
