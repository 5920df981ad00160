import type { EncodedGrid, Kind } from '../api/types';
import { decode } from '../grid/cells';
import type { Palette } from '../grid/palette';
import { hasCells, image } from '../grid/Thumbnail';
import { sudokuDigit } from '../grid/tokens';

/** A grid and what became of it; null where nobody knows. */
export interface Drawn {
  readonly grid: EncodedGrid | null;
  readonly right: boolean | null;
}

/** Grids beside each other, with two lines of words. */
export interface Frame {
  readonly title: string;
  readonly caption: string;
  readonly grids: readonly Drawn[];
}

/** Pictures of one size. */
export interface Film {
  readonly kind: Kind;
  readonly frames: readonly Frame[];
  /** The frame that is looked at. */
  readonly now: number;
}

const WIDTH = 720;
const HEAD = 68;
const MARGIN = 16;
/** As in tokens.css, light: a picture goes where nobody knows the theme. */
const COLOURS = { paper: '#ffffff', ink: '#15201e', muted: '#55625f', right: '#17713f', wrong: '#b3261a', unknown: '#84928e' };
/** Of a cell, in pixels, from which a digit can be read. */
const READABLE = 14;

/** Where each grid stands: a wall as square as it can be. */
export function placesOf(grids: number): { readonly columns: number; readonly side: number; readonly height: number } {
  const columns = Math.max(1, Math.ceil(Math.sqrt(grids * 1.5)));
  const side = Math.min(420, (WIDTH - 2 * MARGIN) / columns);
  return { columns, side, height: Math.round(HEAD + Math.ceil(grids / columns) * side + MARGIN) };
}

/** Draws one frame anew. */
export function draw(canvas: HTMLCanvasElement, { title, caption, grids }: Frame, kind: Kind, palette: Palette): void {
  const { columns, side, height } = placesOf(grids.length);
  canvas.width = WIDTH;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingEnabled = false;
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, WIDTH, height);
  words(context, title, 28, `600 18px system-ui, sans-serif`, COLOURS.ink);
  words(context, caption, 52, `14px system-ui, sans-serif`, COLOURS.muted);
  const left = (WIDTH - columns * side) / 2;
  grids.forEach((drawn, i) => {
    put(context, drawn, { kind, palette }, left + (i % columns) * side, HEAD + Math.floor(i / columns) * side, side);
  });
}

function words(context: CanvasRenderingContext2D, text: string, y: number, font: string, colour: string): void {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = 'left';
  context.fillText(text, MARGIN, y, WIDTH - 2 * MARGIN);
}

interface Look {
  readonly kind: Kind;
  readonly palette: Palette;
}

function put(context: CanvasRenderingContext2D, { grid, right }: Drawn, { kind, palette }: Look, x: number, y: number, side: number): void {
  const gap = Math.max(3, side * 0.06);
  const room = side - 2 * gap;
  const picture = grid && image(grid, kind, palette);
  if (!grid || !picture) return;
  const cell = room / Math.max(picture.width, picture.height);
  const [width, height] = [cell * picture.width, cell * picture.height];
  const [left, top] = [x + gap + (room - width) / 2, y + gap + (room - height) / 2];
  context.drawImage(picture, left, top, width, height);
  if (kind === 'sudoku' && cell >= READABLE) digits(context, grid, left, top, cell);
  context.strokeStyle = right === null ? COLOURS.unknown : right ? COLOURS.right : COLOURS.wrong;
  context.lineWidth = Math.max(2, gap / 2);
  // Told without its colour, too.
  context.setLineDash(right === false ? [6, 4] : []);
  context.strokeRect(left - 1, top - 1, width + 2, height + 2);
  context.setLineDash([]);
}

function digits(context: CanvasRenderingContext2D, grid: EncodedGrid, left: number, top: number, cell: number): void {
  if (!hasCells(grid)) return;
  const { cells, columns } = decode(grid);
  context.font = `${Math.round(cell * 0.6)}px system-ui, sans-serif`;
  context.textAlign = 'center';
  cells.forEach((token, i) => {
    const digit = sudokuDigit(token);
    if (digit === null) return;
    const [x, y] = [left + (i % columns) * cell, top + Math.floor(i / columns) * cell];
    context.fillStyle = COLOURS.paper;
    context.fillRect(x + 1, y + 1, cell - 2, cell - 2);
    context.fillStyle = COLOURS.ink;
    context.fillText(String(digit), x + cell / 2, y + cell * 0.71);
  });
}
