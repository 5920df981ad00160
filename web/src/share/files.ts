import type { Palette } from '../grid/palette';
import { draw, type Film } from './picture';

const MILLIS_A_FRAME = 600;
/** The last is looked at before the film begins anew. */
const MILLIS_AT_END = 2000;

/** The frame that is looked at. */
export async function pngOf({ kind, frames, now }: Film, palette: Palette): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const frame = frames[now];
  if (!frame) throw new Error('there is nothing to draw');
  draw(canvas, frame, kind, palette);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser could not make a PNG of it');
  return blob;
}

/** All frames, one after the other, for ever. */
export async function gifOf({ kind, frames }: Film, palette: Palette): Promise<Blob> {
  const { encode } = await import('modern-gif');
  const canvas = document.createElement('canvas');
  const pictures = frames.map((frame, i) => {
    draw(canvas, frame, kind, palette);
    const data = canvas.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, canvas.width, canvas.height).data;
    if (!data) throw new Error('the browser does not draw');
    return { data, delay: i === frames.length - 1 ? MILLIS_AT_END : MILLIS_A_FRAME };
  });
  const { width, height } = canvas;
  const bytes = await encode({ width, height, frames: pictures, looped: true, loopCount: 0, maxColors: 64 });
  return new Blob([bytes], { type: 'image/gif' });
}
