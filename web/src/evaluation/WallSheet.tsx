import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Kind, TaskSummary } from '../api/types';
import { drawWhenNear } from '../grid/near';
import { usePalette } from '../grid/palette';
import { image } from '../grid/Thumbnail';
import { columnsOf } from './wallKeys';

/** Rows of tiles on one sheet: about what is seen at once. */
const ROWS = 6;
/** More than two drawn pixels for one of the page nobody sees. */
const MOST_PIXELS = 2;
/** Between paper and ink in both themes. */
const OUTLINE = 'rgb(128 128 128 / 45%)';

interface Layout {
  readonly columns: number;
  readonly width: number;
}

interface SheetsProps {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly tasks: readonly TaskSummary[];
  readonly kind: Kind;
}

/**
 * The grids of all tiles, drawn where the tiles have room for them. One canvas for some rows of tiles: a canvas in each of
 * 400 tiles is a layer each, and the browser spends more on putting them together than a frame has time.
 */
export function WallSheets({ list, tasks, kind }: SheetsProps) {
  const layout = useLayout(list, tasks.length);
  if (!layout) return null;
  const size = ROWS * layout.columns;
  const sheets = [];
  for (let from = 0; from < tasks.length; from += size) {
    sheets.push(
      <Sheet key={from} list={list} tasks={tasks} kind={kind} layout={layout} from={from} to={Math.min(from + size, tasks.length)} />,
    );
  }
  return <>{sheets}</>;
}

interface SheetProps extends SheetsProps {
  readonly layout: Layout;
  readonly from: number;
  readonly to: number;
}

function Sheet({ list, tasks, kind, layout, from, to }: SheetProps) {
  const [palette] = usePalette();
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const sheet = canvas.current;
    const tiles = list.current?.children;
    const first = tiles?.[from] as HTMLElement | undefined;
    const last = tiles?.[to - 1] as HTMLElement | undefined;
    if (!sheet || !first || !last) return undefined;
    const top = first.offsetTop;
    const height = last.offsetTop + last.offsetHeight - top;
    sheet.style.top = `${top}px`;
    sheet.style.height = `${height}px`;
    return drawWhenNear(sheet, function* () {
      const scale = Math.min(window.devicePixelRatio || 1, MOST_PIXELS);
      const [wide, high] = [Math.round(layout.width * scale), Math.round(height * scale)];
      // A canvas that is given a size is empty: from one step to the next a tile is drawn over, and none goes dark in between.
      if (sheet.width !== wide || sheet.height !== high) {
        sheet.width = wide;
        sheet.height = high;
      }
      const context = sheet.getContext('2d');
      if (!context) return;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.imageSmoothingEnabled = false;
      context.strokeStyle = OUTLINE;
      for (let i = from; i < to; i++) {
        const grid = tasks[i]?.thumbnail;
        const room = (tiles?.[i] as HTMLElement | undefined) ?? first;
        const picture = grid && image(grid, kind, palette);
        context.clearRect(room.offsetLeft, room.offsetTop - top, room.offsetWidth, room.offsetHeight);
        if (picture) put(context, picture, room, top);
        // A frame has no time for all of them.
        yield;
      }
    });
  }, [list, tasks, kind, palette, layout, from, to]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus
  return <canvas ref={canvas} class="wall-sheet" width={1} height={1} aria-hidden="true" />;
}

/** In the middle of the square that a tile keeps free above its name. */
function put(context: CanvasRenderingContext2D, picture: HTMLCanvasElement, tile: HTMLElement, top: number): void {
  const side = tile.offsetHeight * SIDE;
  const cell = side / Math.max(picture.height, picture.width);
  const [width, height] = [cell * picture.width, cell * picture.height];
  const x = Math.round(tile.offsetLeft + (tile.offsetWidth - width) / 2);
  const y = Math.round(tile.offsetTop - top + tile.offsetHeight * CENTRE - height / 2);
  context.drawImage(picture, x, y, width, height);
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
}

/** Of a tile's height, as wall.css divides it: the side of the square for the grid, and the square's middle. */
const SIDE = 4 / 7;
const CENTRE = 2.375 / 7;

/** How many tiles the browser puts beside each other; null until it has. */
function useLayout(list: RefObject<HTMLUListElement | null>, tiles: number): Layout | null {
  const [layout, setLayout] = useState<Layout | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fewer tiles than fit into a row are fewer columns
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const measure = () => {
      const found = { columns: columnsOf(element), width: element.clientWidth };
      setLayout((now) => (now?.columns === found.columns && now.width === found.width ? now : found));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, tiles]);
  return layout;
}
