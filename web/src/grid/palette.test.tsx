import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { ColourGrid } from './ColourGrid';
import { PaletteSwitch } from './PaletteSwitch';
import { SAFE_COLOURS } from './palette';
import { pixels } from './Thumbnail';
import { ARC_COLOURS } from './tokens';

type Row = readonly [number, number, number];
type Matrix = readonly [Row, Row, Row];

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB. */
const SEEN: Readonly<Record<string, Matrix>> = {
  'all three receptors': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red receptor': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green receptor': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue receptor': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const dot = (row: Row, by: Row) => row[0] * by[0] + row[1] * by[1] + row[2] * by[2];
const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

function lab(hex: string, eye: Matrix): Row {
  const at = (i: number) => linear(parseInt(hex.slice(i, i + 2), 16) / 255);
  const shown: Row = [at(1), at(3), at(5)];
  const seen = eye.map((row) => Math.min(1, Math.max(0, dot(row, shown)))) as unknown as Row;
  const bent = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = bent(dot([0.4124, 0.3576, 0.1805], seen) / 0.95047);
  const y = bent(dot([0.2126, 0.7152, 0.0722], seen));
  const z = bent(dot([0.0193, 0.1192, 0.9505], seen) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function nearest(colours: readonly string[], eye: Matrix): number {
  const seen = colours.map((hex) => lab(hex, eye));
  return Math.min(...seen.flatMap((a, i) => seen.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]))));
}

describe('the colour-blind safe palette', () => {
  it.each(Object.entries(SEEN))('keeps any two colours apart for %s', (_, eye) => {
    expect(nearest(SAFE_COLOURS, eye)).toBeGreaterThan(34);
  });

  it('is needed: two of ARC’s own colours nearly meet', () => {
    expect(nearest(ARC_COLOURS, SEEN['no red receptor']!)).toBeLessThan(9);
  });
});

describe('the choice of a palette', () => {
  afterEach(() => {
    cleanup();
    localStorage.clear();
  });

  it('recolours every grid that is shown, and is remembered', () => {
    const grid = { rows: 1, columns: 2, cells: Uint8Array.from([1, 2]) };
    render(
      <>
        <ColourGrid grid={grid} wrong={new Set()} label="answer" />
        <PaletteSwitch />
      </>,
    );
    const fills = () => [...document.querySelectorAll('path[fill]')].map((path) => path.getAttribute('fill'));
    const choice = () => screen.getByRole('checkbox', { name: 'Colour-blind safe ARC grids' });
    expect(fills()).toEqual([ARC_COLOURS[1], ARC_COLOURS[2]]);
    act(() => void fireEvent.click(choice()));
    expect(fills()).toEqual([SAFE_COLOURS[1], SAFE_COLOURS[2]]);
    expect(localStorage.getItem('arena.palette')).toBe('safe');
    act(() => void fireEvent.click(choice()));
    expect(fills()).toEqual([ARC_COLOURS[1], ARC_COLOURS[2]]);
  });

  it('is that of small pictures too', () => {
    expect([...pixels({ rows: 1, columns: 1, cells: Uint8Array.of(2) }, 'arc', 'safe')]).toEqual([0xa9, 0x14, 0, 255]);
  });
});
