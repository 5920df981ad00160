import { AXES, type Axis } from './axes';
import { SPLITS, type Split } from './splits';

/** How a plot is looked at; it stands in the address. */
export interface Picture {
  /** Null for the first axis that tells points apart. */
  readonly axis: Axis | null;
  /** The split whose results are shown; null for all. */
  readonly split: Split | null;
}

export const WHOLE_PICTURE: Picture = { axis: null, split: null };

/** What it does not understand is as in the whole picture. */
export function readPicture(query: URLSearchParams): Picture {
  return {
    axis: AXES.find((axis) => axis === query.get('x')) ?? null,
    split: SPLITS.find((split) => split === query.get('split')) ?? null,
  };
}

export function writePicture(query: URLSearchParams, { axis, split }: Picture): void {
  if (axis !== null) query.set('x', axis);
  if (split !== null) query.set('split', split);
}
