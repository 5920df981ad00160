import { usePalette } from './palette';

/** Beside grids of ARC: their ten colours, or ten that the colour-blind can tell apart. */
export function PaletteSwitch() {
  const [palette, choose] = usePalette();
  return (
    <label class="palette-switch">
      <input type="checkbox" checked={palette === 'safe'} onChange={(event) => choose(event.currentTarget.checked ? 'safe' : 'arc')} />{' '}
      Colour-blind safe ARC grids
    </label>
  );
}
