/** How far from what is seen drawing begins: some rows of tiles, about a turn of the wheel. */
const NEAR = '600px 0px';
/** Drawing of one frame; the rest of the frame belongs to whoever scrolls. */
const FRAME_MILLIS = 5;

const waiting = new Map<Element, () => void>();
const due: (() => void)[] = [];
let watching: IntersectionObserver | undefined;
let asked = false;

/** Draws once, when the element comes near what is seen; returns how to call it off. */
export function drawWhenNear(element: Element, draw: () => void): () => void {
  if (typeof IntersectionObserver !== 'function') {
    draw();
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
    if (!isIntersecting) continue;
    const element = target;
    due.push(() => {
      const draw = waiting.get(element);
      waiting.delete(element);
      draw?.();
    });
    watching?.unobserve(element);
  }
  if (due.length > 0 && !asked) ask();
}

function ask(): void {
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const begun = performance.now();
    while (due.length > 0 && performance.now() - begun < FRAME_MILLIS) due.shift()?.();
    if (due.length > 0) ask();
  });
}
