const SIZE = 12;
/** Where nothing can be measured: wider than most letters are. */
const ABOUT = 0.62;

let pen: CanvasRenderingContext2D | null | undefined;

/** How wide a text is in the letters of a plot, in pixels. */
export function textWidth(text: string): number {
  if (pen === undefined) {
    pen = document.createElement('canvas').getContext?.('2d') ?? null;
    if (pen) pen.font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  }
  return pen ? pen.measureText(text).width : text.length * SIZE * ABOUT;
}
