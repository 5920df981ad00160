import { useLayoutEffect, useRef } from 'preact/hooks';
import type { EncodedGrid, Kind } from '../api/types';
import { type Cells, decode } from './cells';
import { colours, type Palette, usePalette } from './palette';
import { thumbnailColour } from './tokens';

/** A small grid: one canvas pixel a cell, enlarged by the browser. Says nothing to screen readers: the link around it does. */
export function Thumbnail({ grid, kind }: { readonly grid: EncodedGrid | null; readonly kind: Kind }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [palette] = usePalette();
  useLayoutEffect(() => {
    const drawn = grid && image(grid, kind, palette);
    if (drawn) canvas.current?.getContext('2d')?.drawImage(drawn, 0, 0);
  }, [grid, kind, palette]);
  if (!hasCells(grid)) return <span class="thumb thumb-none">no answer</span>;
  const { rows, columns } = grid;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus
    <canvas
      ref={canvas}
      class={`thumb ${columns >= rows ? 'thumb-wide' : 'thumb-high'}`}
      width={columns}
      height={rows}
      aria-hidden="true"
    />
  );
}

export function hasCells(grid: EncodedGrid | null): grid is EncodedGrid {
  return grid !== null && grid.rows * grid.columns > 0;
}

/** Where one grid after the other is made a picture. */
let workbench: HTMLCanvasElement | undefined;

/** The grid, one pixel a cell, until the next one is asked for; null for a broken grid, which is no reason to lose the others. */
export function image(grid: EncodedGrid, kind: Kind, palette: Palette): HTMLCanvasElement | null {
  workbench ??= document.createElement('canvas');
  const context = workbench.getContext('2d', { willReadFrequently: true });
  const cells = context && hasCells(grid) ? decoded(grid) : null;
  if (!context || !cells) return null;
  workbench.width = cells.columns;
  workbench.height = cells.rows;
  const data = context.createImageData(cells.columns, cells.rows);
  data.data.set(pixels(cells, kind, palette));
  context.putImageData(data, 0, 0);
  return workbench;
}

/** RGBA bytes, a cell each. */
export function pixels(grid: Cells, kind: Kind, palette: Palette = 'arc'): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(grid.cells.length * 4);
  const arc = colours(palette);
  const known: (readonly [number, number, number])[] = [];
  grid.cells.forEach((cell, i) => {
    known[cell] ??= thumbnailColour(kind, cell, grid.columns, arc);
    const [red, green, blue] = known[cell];
    bytes[4 * i] = red;
    bytes[4 * i + 1] = green;
    bytes[4 * i + 2] = blue;
    bytes[4 * i + 3] = 255;
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
