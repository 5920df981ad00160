import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { EncodedGrid, Kind } from '../api/types';
import { decode, type Cells } from './cells';
import { thumbnailColour } from './tokens';

/**
 * A grid of a gallery: one canvas pixel a cell, enlarged by the browser. Sixty of them cost a few milliseconds,
 * sixty SVGs of 900 cells some hundred. Says nothing to screen readers: the link around it does.
 */
export function Thumbnail({ grid, kind }: { readonly grid: EncodedGrid | null; readonly kind: Kind }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cells = useMemo(() => (grid ? decoded(grid) : null), [grid]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!cells || !context) return;
    const image = context.createImageData(cells.columns, cells.rows);
    image.data.set(pixels(cells, kind));
    context.putImageData(image, 0, 0);
  }, [cells, kind]);
  if (!cells || cells.cells.length === 0) return <span class="thumb thumb-none">no answer</span>;
  return (
    <canvas
      ref={canvas}
      class={`thumb ${cells.columns >= cells.rows ? 'thumb-wide' : 'thumb-high'}`}
      width={cells.columns}
      height={cells.rows}
      aria-hidden="true"
    />
  );
}

/** RGBA bytes, a cell each. */
export function pixels(grid: Cells, kind: Kind): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(grid.cells.length * 4);
  grid.cells.forEach((cell, i) => {
    const [red, green, blue] = thumbnailColour(kind, cell, grid.columns);
    bytes.set([red, green, blue, 255], i * 4);
  });
  return bytes;
}

/** A broken thumbnail is no reason to lose the gallery. */
function decoded(grid: EncodedGrid): Cells | null {
  try {
    return decode(grid);
  } catch {
    return null;
  }
}
