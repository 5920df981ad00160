import { describe, expect, it } from 'vitest';
import { tileAfter, walkByKeys } from './wallKeys';

const TEN = { all: 10, columns: 4 };
const press = (wall: Element, key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  (document.activeElement ?? wall).dispatchEvent(event);
  return event.defaultPrevented;
};

describe('the keys of a wall', () => {
  it.each([
    ['ArrowLeft', 5, 4],
    ['ArrowRight', 5, 6],
    ['ArrowUp', 5, 1],
    ['ArrowDown', 5, 9],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['ArrowLeft', 0, null],
    ['ArrowRight', 9, null],
    ['ArrowUp', 3, null],
    ['ArrowDown', 6, null],
    ['End', 9, null],
    ['x', 5, null],
  ] as const)('%s leads from %i to %s', (key, from, to) => {
    expect(tileAfter(key, from, TEN)).toBe(to);
  });

  it('take the focus along, and leave to the browser what leads to no tile', () => {
    document.body.innerHTML = '<ul><li><a href="/a">a</a></li><li><a href="/b">b</a></li><li></li></ul>';
    const wall = document.querySelector('ul')!;
    wall.addEventListener('keydown', walkByKeys);
    document.querySelector('a')!.focus();
    expect(press(wall, 'ArrowRight', { altKey: true })).toBe(false);
    expect(press(wall, 'ArrowRight')).toBe(true);
    expect(document.activeElement?.textContent).toBe('b');
    // The third tile is not made yet.
    expect(press(wall, 'ArrowRight')).toBe(false);
    expect(document.activeElement?.textContent).toBe('b');
    document.body.innerHTML = '';
  });
});
