import type { Kind } from '../api/types';

/** ARC's ten colours, in the order of the numbers 0…9. */
export const ARC_COLOURS = [
  '#000000',
  '#0074D9',
  '#FF4136',
  '#2ECC40',
  '#FFDC00',
  '#AAAAAA',
  '#F012BE',
  '#FF851B',
  '#7FDBFF',
  '#870C25',
] as const;

export const ARC_NAMES = ['black', 'blue', 'red', 'green', 'yellow', 'grey', 'magenta', 'orange', 'light blue', 'maroon'] as const;

/** Maze tokens: the characters `# SGo` in that order are 1…5. */
export const MAZE = { wall: 1, open: 2, start: 3, goal: 4, path: 5 } as const;
const MAZE_NAMES = ['padding', 'wall', 'open', 'start', 'goal', 'path'] as const;
const MAZE_CHARACTERS = ['?', '#', '.', 'S', 'G', 'o'] as const;

/** A Sudoku token is the digit + 1; 1 is a blank, 0 padding. Null where there is no digit to show. */
export function sudokuDigit(token: number): number | null {
  return token >= 2 ? token - 1 : null;
}

/** What a screen reader or a text table says for a cell. */
export function cellText(kind: Kind, cell: number): string {
  switch (kind) {
    case 'sudoku':
      return sudokuDigit(cell)?.toString() ?? (cell === 1 ? 'blank' : 'padding');
    case 'maze':
      return MAZE_CHARACTERS[cell] ?? String(cell);
    default:
      return String(cell);
  }
}

/** The words for a cell, longer than {@link cellText}. */
export function cellName(kind: Kind, cell: number): string {
  if (kind === 'arc') return ARC_NAMES[cell] ?? `colour ${cell}`;
  if (kind === 'maze') return MAZE_NAMES[cell] ?? `token ${cell}`;
  return cellText(kind, cell);
}

/** What the signs of a text table mean; empty where they speak for themselves. */
export function legend(kind: Kind): string {
  if (kind === 'arc') return ARC_NAMES.map((name, i) => `${i} ${name}`).join(', ');
  if (kind === 'maze')
    return MAZE_CHARACTERS.slice(1)
      .map((c, i) => `${c} ${MAZE_NAMES[i + 1]}`)
      .join(', ');
  return '';
}

type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb => [parseInt(hex.slice(1, 3), 16), parseInt(hex.slice(3, 5), 16), parseInt(hex.slice(5, 7), 16)];

const MAZE_RGB: readonly Rgb[] = [
  [120, 120, 120],
  [38, 50, 56],
  [236, 239, 236],
  [33, 150, 83],
  [224, 122, 31],
  [64, 156, 222],
];

const LIGHT: Rgb = [244, 226, 163];
const MIDDLE: Rgb = [92, 176, 150];
const DARK: Rgb = [47, 72, 120];

/** A colour per value for pictures too small for digits: a ramp through three hues, light to dark and distinct. */
function ramp(value: number, values: number): Rgb {
  const t = values <= 1 ? 0 : value / (values - 1);
  const at = Math.min(1.999, Math.max(0, 2 * t));
  const [from, to] = at < 1 ? [LIGHT, MIDDLE] : [MIDDLE, DARK];
  const part = at % 1;
  const mix = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * part);
  return [mix(0), mix(1), mix(2)];
}

/** Colour of a cell in a thumbnail. side: the grid's side n; arc: the ten colours of an ARC grid. */
export function thumbnailColour(kind: Kind, cell: number, side: number, arc: readonly string[] = ARC_COLOURS): Rgb {
  if (kind === 'arc') return arc[cell] === undefined ? [128, 0, 128] : rgb(arc[cell]);
  if (kind === 'maze') return MAZE_RGB[cell] ?? [128, 0, 128];
  if (kind === 'sudoku') return cell <= 1 ? [200, 204, 202] : ramp(cell - 2, side);
  return ramp(cell % 16, 16);
}
