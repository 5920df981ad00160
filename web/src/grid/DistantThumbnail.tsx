import { useEffect, useRef } from 'preact/hooks';
import type { EncodedGrid, Kind } from '../api/types';
import { drawWhenNear } from './near';
import { draw, thumbnailClass } from './Thumbnail';

/** A thumbnail among hundreds: read and drawn only when it comes near what is seen. */
export function DistantThumbnail({ grid, kind }: { readonly grid: EncodedGrid | null; readonly kind: Kind }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    return element && grid ? drawWhenNear(element, () => draw(element, grid, kind)) : undefined;
  }, [grid, kind]);
  if (!grid || grid.rows * grid.columns === 0) return <span class="thumb thumb-none">no answer</span>;
  return <canvas ref={canvas} class={thumbnailClass(grid)} width={grid.columns} height={grid.rows} aria-hidden="true" />;
}
