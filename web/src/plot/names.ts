import { type Box, LABEL_HEIGHT, type LabelPlace, placeLabels, type Spot } from './labels';
import type { PlotContent, PlotPoint } from './points';
import { MARGIN, type Scales } from './scales';

/** More names than this tell nobody anything: the others are in the list. */
const MOST_NAMES = 60;
/** Of the drawing, in pixels: what a name may take at most. */
const LONGEST = { share: 0.3, least: 90, most: 190 } as const;
const ORIGINS = ['run', 'answers', 'published'];

export interface Named {
  readonly place: LabelPlace;
  /** The name, shortened to its room. */
  readonly text: string;
}

/**
 * The names that stand in the drawing, by the keys of their points. Runs choose first, then answers, then published results, the
 * fronts and the best of each before others.
 *
 * @param widthOf a text in the drawing, in pixels
 */
export function nameThem(
  content: PlotContent,
  { at }: Scales,
  drawing: { readonly width: number; readonly height: number },
  taken: readonly Box[],
  widthOf: (text: string) => number,
): ReadonlyMap<string, Named> {
  const longest = Math.min(LONGEST.most, Math.max(LONGEST.least, LONGEST.share * drawing.width));
  const onFront = new Set([...content.front, ...content.claimed].map(({ key }) => key));
  const first = [...content.points]
    .sort(
      (a, b) =>
        Number(onFront.has(b.key)) - Number(onFront.has(a.key)) ||
        ORIGINS.indexOf(a.origin) - ORIGINS.indexOf(b.origin) ||
        b.score - a.score ||
        (a.key < b.key ? -1 : 1),
    )
    .slice(0, MOST_NAMES);
  const texts = new Map(first.map((point) => [point.key, shortened(point.name, longest, widthOf)]));
  const wanted = first.map((point) => ({ key: point.key, ...at(point), width: Math.ceil(widthOf(texts.get(point.key) ?? '')) }));
  const bounds: Box = {
    x: MARGIN.left + 2,
    y: 0,
    width: Math.max(0, drawing.width - MARGIN.left - 4),
    height: drawing.height - MARGIN.bottom,
  };
  const places = placeLabels(wanted, content.points.map(at), [...taken, ...intervals(content.points, at)], bounds);
  return new Map([...places].map(([key, place]) => [key, { place, text: texts.get(key) ?? '' }]));
}

function intervals(points: readonly PlotPoint[], at: Scales['at']): Box[] {
  return points.flatMap((point) => {
    if (point.interval === null) return [];
    const { x } = at(point);
    const top = at({ ...point, score: point.interval.high }).y;
    const bottom = at({ ...point, score: point.interval.low }).y;
    return [{ x: x - 1, y: top, width: 2, height: Math.max(1, bottom - top) }];
  });
}

/** As much of a name as there is room for; what is left out is marked. */
export function shortened(name: string, longest: number, widthOf: (text: string) => number): string {
  if (widthOf(name) <= longest) return name;
  const letters = [...name];
  while (letters.length > 1 && widthOf(`${letters.join('').trimEnd()}…`) > longest) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** The name of a front, above the right end of its line. */
export interface FrontName extends Spot {
  readonly text: string;
  readonly box: Box;
}

/**
 * Names of the two fronts; one name for both where they are one. They stand above their lines, and below where that is taken by
 * the other or by the edge.
 */
export function frontNames(content: PlotContent, scales: Scales, widthOf: (text: string) => number) {
  const same = sameFront(content);
  const here = content.front.at(-1);
  const all = content.claimed.at(-1);
  const own = here ? named(same ? 'best run here, and of all claims' : 'best run here', scales.y(here.score)) : null;
  const claims = all && !same ? named('best of all claims', scales.y(all.score)) : null;
  return { own, claims: claims && own && near(own, claims) ? below(claims) : claims };

  function named(text: string, y: number): FrontName {
    return at(text, y < MARGIN.top + LABEL_HEIGHT ? y + 13 : y - 5);
  }
  function below(name: FrontName): FrontName {
    return at(name.text, (own?.y ?? name.y) + LABEL_HEIGHT + 2);
  }
  function at(text: string, y: number): FrontName {
    const width = Math.ceil(widthOf(text));
    // Of a short axis the name reaches over its end, never over the numbers at its beginning.
    const x = Math.max(scales.right - 2, MARGIN.left + 4 + width);
    return { text, x, y, box: { x: x - width, y: y - 11, width, height: LABEL_HEIGHT } };
  }
}

function near(a: FrontName, b: FrontName): boolean {
  return Math.abs(a.y - b.y) < LABEL_HEIGHT;
}

export function sameFront({ front, claimed }: PlotContent): boolean {
  return front.length === claimed.length && front.every((point, i) => point.key === claimed[i]?.key);
}
