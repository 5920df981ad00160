/** How far from what is seen drawing begins: some rows of tiles, about a turn of the wheel. */
const NEAR = '600px 0px';
/** Drawing of one frame; the rest of the frame belongs to whoever scrolls. */
const FRAME_MILLIS = 5;

/** Draws all, or a part each time that the next is asked for. */
type Draw = () => Iterable<void> | void;

const waiting = new Map<Element, Draw>();
/** Each draws a part and says whether there is more. */
const due: (() => boolean)[] = [];
let watching: IntersectionObserver | undefined;
let asked = false;

/** Draws once, when the element comes near what is seen; returns how to call it off. */
export function drawWhenNear(element: Element, draw: Draw): () => void {
  if (typeof IntersectionObserver !== 'function') {
    Array.from(draw() ?? []);
    return () => undefined;
  }
  watching ??= new IntersectionObserver(arrived, { rootMargin: NEAR });
  waiting.set(element, draw);
  watching.observe(element);
  return () => {
    waiting.delete(element);
    watching?.unobserve(element);
  };
}

function arrived(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    const draw = waiting.get(target);
    if (!isIntersecting || !draw) continue;
    due.push(partByPart(target, draw));
    watching?.unobserve(target);
  }
  if (due.length > 0 && !asked) ask();
}

function partByPart(element: Element, draw: Draw): () => boolean {
  let parts: Iterator<void> | undefined;
  return () => {
    // Called off, or to be drawn in another way by now.
    if (waiting.get(element) !== draw) return false;
    parts ??= (draw() ?? [])[Symbol.iterator]();
    if (!parts.next().done) return true;
    waiting.delete(element);
    return false;
  };
}

function ask(): void {
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const begun = performance.now();
    while (performance.now() - begun < FRAME_MILLIS) {
      // Taken out first: one that cannot be drawn must not hold up the others.
      const part = due.shift();
      if (!part) break;
      if (part()) due.unshift(part);
    }
    if (due.length > 0) ask();
  });
}
