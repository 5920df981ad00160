import { useEffect, useState } from 'preact/hooks';
import { ARC_COLOURS } from './tokens';

/**
 * In the order of ARC_COLOURS and near to them in hue, but told apart without red, green or blue receptors too: no two are nearer
 * than 34 (CIE 1976, Machado's simulation, full severity), where two of ARC's own are as near as 8. palette.test.ts measures it.
 */
export const SAFE_COLOURS = [
  '#000000',
  '#2727FA',
  '#A91400',
  '#00A366',
  '#FFFF1C',
  '#886F94',
  '#EA40EE',
  '#CF9B0E',
  '#68FAEB',
  '#540063',
] as const;

export type Palette = 'arc' | 'safe';
const KEY = 'arena.palette';

let chosen: Palette = remembered();
const watching = new Set<(palette: Palette) => void>();

/** The palette in effect on all grids, and how to choose another; remembered on this browser. */
export function usePalette(): readonly [Palette, (palette: Palette) => void] {
  const [palette, setPalette] = useState(chosen);
  useEffect(() => {
    setPalette(chosen);
    watching.add(setPalette);
    return () => void watching.delete(setPalette);
  }, []);
  return [palette, choose];
}

export function colours(palette: Palette): readonly string[] {
  return palette === 'safe' ? SAFE_COLOURS : ARC_COLOURS;
}

function choose(palette: Palette): void {
  chosen = palette;
  for (const tell of watching) tell(palette);
  try {
    localStorage.setItem(KEY, palette);
  } catch {
    // Forbidden storage: the choice then lasts as long as the page.
  }
}

function remembered(): Palette {
  try {
    return localStorage.getItem(KEY) === 'safe' ? 'safe' : 'arc';
  } catch {
    return 'arc';
  }
}
