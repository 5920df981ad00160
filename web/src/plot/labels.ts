/** A rectangle by its upper left corner, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A name that looks for room at its mark. */
export interface Wanted extends Spot {
  readonly key: string;
  readonly width: number;
}

export interface LabelPlace extends Box {
  /** From the mark to the label, where that does not stand right beside it. */
  readonly leader: readonly [Spot, Spot] | null;
}

export const LABEL_HEIGHT = 14;
/** Half of a mark with a little air. */
const MARK = 7;
const GAP = 8;
const RINGS = [26, 40, 56, 74, 94, 118];
const DIRECTIONS = Array.from({ length: 16 }, (_, i) => (i * Math.PI) / 8);

/**
 * Room for the names of points: the first wanted choose first, beside their marks or, with a leader line, further away. Nothing
 * overlaps another label, a mark, a leader line or what is taken, nothing reaches out of the bounds; whose name finds no room is
 * not among the answers. The same question has the same answer.
 *
 * @param marks middles of all marks, also of those whose names are not wanted
 * @param taken by other drawing
 */
export function placeLabels(
  wanted: readonly Wanted[],
  marks: readonly Spot[],
  taken: readonly Box[],
  bounds: Box,
): ReadonlyMap<string, LabelPlace> {
  const boxes: Box[] = [...taken, ...marks.map(markBox)];
  const leaders: (readonly [Spot, Spot])[] = [];
  const places = new Map<string, LabelPlace>();
  for (const name of wanted) {
    const others = marks.filter((mark) => mark.x !== name.x || mark.y !== name.y).map(markBox);
    const free = (place: LabelPlace) =>
      inside(place, bounds) &&
      !boxes.some((box) => overlap(place, box)) &&
      !leaders.some((line) => crosses(line, place)) &&
      (place.leader === null || clear(place.leader, [...others, ...places.values()], leaders));
    const place = candidates(name).find(free);
    if (!place) continue;
    places.set(name.key, place);
    boxes.push(place);
    if (place.leader) leaders.push(place.leader);
  }
  return places;
}

function markBox({ x, y }: Spot): Box {
  return { x: x - MARK, y: y - MARK, width: 2 * MARK, height: 2 * MARK };
}

/** Beside the mark first, to the right before anything else; then further and further away. */
function candidates({ x, y, width }: Wanted): LabelPlace[] {
  const box = (left: number, top: number, leader: LabelPlace['leader'] = null) => ({
    x: left,
    y: top,
    width,
    height: LABEL_HEIGHT,
    leader,
  });
  const middle = y - LABEL_HEIGHT / 2;
  const near = [
    box(x + GAP, middle),
    box(x - GAP - width, middle),
    box(x + GAP - 3, y - GAP - LABEL_HEIGHT + 1),
    box(x + GAP - 3, y + GAP - 1),
    box(x - width / 2, y - GAP - LABEL_HEIGHT),
    box(x - width / 2, y + GAP),
    box(x - GAP + 3 - width, y - GAP - LABEL_HEIGHT + 1),
    box(x - GAP + 3 - width, y + GAP - 1),
  ];
  const far = RINGS.flatMap((radius) =>
    DIRECTIONS.map((angle) => {
      const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
      const end = { x: x + radius * dx, y: y + radius * dy };
      // The label begins where its line ends, on the side that looks away from the mark.
      const left = Math.abs(dx) < 0.2 ? end.x - width / 2 : dx > 0 ? end.x : end.x - width;
      const top = Math.abs(dx) < 0.2 ? (dy > 0 ? end.y : end.y - LABEL_HEIGHT) : end.y - LABEL_HEIGHT / 2;
      const start = { x: x + MARK * dx, y: y + MARK * dy };
      return box(left, top, [start, { x: x + (radius - 1) * dx, y: y + (radius - 1) * dy }]);
    }),
  );
  return [...near, ...far];
}

export function inside(box: Box, bounds: Box): boolean {
  return (
    box.x >= bounds.x && box.y >= bounds.y && box.x + box.width <= bounds.x + bounds.width && box.y + box.height <= bounds.y + bounds.height
  );
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function clear(line: readonly [Spot, Spot], boxes: readonly Box[], leaders: readonly (readonly [Spot, Spot])[]): boolean {
  return !boxes.some((box) => crosses(line, box)) && !leaders.some((other) => meet(line, other));
}

/** Whether a line runs into a box. */
export function crosses([from, to]: readonly [Spot, Spot], { x, y, width, height }: Box): boolean {
  let [first, last] = [0, 1];
  for (const [start, step, low, high] of [
    [from.x, to.x - from.x, x, x + width],
    [from.y, to.y - from.y, y, y + height],
  ] as const) {
    if (Math.abs(step) < 1e-9) {
      if (start <= low || start >= high) return false;
      continue;
    }
    const ends = [(low - start) / step, (high - start) / step];
    first = Math.max(first, Math.min(...ends));
    last = Math.min(last, Math.max(...ends));
  }
  return first < last;
}

function meet([a, b]: readonly [Spot, Spot], [c, d]: readonly [Spot, Spot]): boolean {
  const side = (p: Spot, q: Spot, r: Spot) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
