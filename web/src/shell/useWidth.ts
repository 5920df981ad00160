import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const WIDTH_UNTIL_MEASURED = 720;

/** The room that a drawing has: it is drawn anew for every width, so that letters and points keep their size. */
export function useWidth() {
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH_UNTIL_MEASURED);
  // Before anything is painted: else every point would be drawn twice.
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const measure = () => element.clientWidth > 0 && setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { room, width };
}
