/** A grid of equal tiles: how many there are, and how many stand beside each other. */
interface Tiles {
  readonly all: number;
  readonly columns: number;
}

/** Where a key leads from one tile of a wall; null where it leads nowhere, or means something else. */
export function tileAfter(key: string, at: number, { all, columns }: Tiles): number | null {
  const to = aim(key, at, all, columns);
  return to !== null && to !== at && to >= 0 && to < all ? to : null;
}

function aim(key: string, at: number, all: number, columns: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowRight':
      return at + 1;
    case 'ArrowUp':
      return at - columns;
    case 'ArrowDown':
      return at + columns;
    case 'Home':
      return 0;
    case 'End':
      return all - 1;
    default:
      return null;
  }
}

/** Tiles in the first row, as the browser has laid them out. */
export function columnsOf({ children }: Element): number {
  const tiles = [...children] as HTMLElement[];
  const second = tiles.findIndex((tile) => tile.offsetTop !== tiles[0]?.offsetTop);
  return second > 0 ? second : Math.max(1, tiles.length);
}

/** Moves the focus from tile to tile: with hundreds of them, Tab alone is a long way. */
export function walkByKeys(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const wall = event.currentTarget as Element;
  const tiles = [...wall.children];
  const at = tiles.findIndex((tile) => tile.contains(event.target as Node));
  if (at < 0) return;
  const to = tileAfter(event.key, at, { all: tiles.length, columns: columnsOf(wall) });
  const link = to === null ? null : tiles[to]?.querySelector('a');
  if (!link) return;
  // Else the page would scroll as well.
  event.preventDefault();
  link.focus();
}
