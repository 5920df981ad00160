import { useLayoutEffect, useRef } from 'preact/hooks';
import type { EncodedGrid, Kind } from '../api/types';
import { decode, type Cells } from './cells';
import { thumbnailColour } from './tokens';

/**
 * A small grid: one canvas pixel a cell, enlarged by the browser. Sixty of them cost a few milliseconds,
 * sixty SVGs of 900 cells some hundred. Says nothing to screen readers: the link around it does.
 */
export function Thumbnail({ grid, kind }: { readonly grid: EncodedGrid | null; readonly kind: Kind }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current && grid) draw(canvas.current, grid, kind);
  }, [grid, kind]);
  if (!grid || grid.rows * grid.columns === 0) return <span class="thumb thumb-none">no answer</span>;
  return <canvas ref={canvas} class={thumbnailClass(grid)} width={grid.columns} height={grid.rows} aria-hidden="true" />;
}

export function thumbnailClass({ rows, columns }: EncodedGrid): string {
  return `thumb ${columns >= rows ? 'thumb-wide' : 'thumb-high'}`;
}

/** Fills a canvas of the grid's size; a broken grid leaves it empty, which is no reason to lose the others. */
export function draw(canvas: HTMLCanvasElement, grid: EncodedGrid, kind: Kind): void {
  const context = canvas.getContext('2d');
  const cells = context && decoded(grid);
  if (!cells) return;
  const image = context.createImageData(cells.columns, cells.rows);
  image.data.set(pixels(cells, kind));
  context.putImageData(image, 0, 0);
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

function decoded(grid: EncodedGrid): Cells | null {
  try {
    return decode(grid);
  } catch {
    return null;
  }
}
