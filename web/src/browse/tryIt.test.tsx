import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { Kind } from '../api/types';
import { type Cells, decode } from '../grid/cells';
import { encoded } from '../testing/samples';
import { rulesOf } from './paint';
import { TryIt } from './TryIt';

afterEach(cleanup);
const grid = (...rows: number[][]) => decode(encoded(rows));

function open(kind: Kind, input: Cells, expected?: Cells) {
  const rules = rulesOf(kind, input);
  if (!rules) throw new Error(`nothing is known of ${kind}`);
  render(<TryIt title="Try it yourself" ignored={null} {...{ kind, input, rules, expected }} />);
  return screen.getByRole('grid');
}

const cells = () => screen.getAllByRole('gridcell').map((cell) => cell.getAttribute('aria-label')?.split(', ').at(-1));
const press = (board: HTMLElement, ...keys: readonly string[]) => {
  for (const key of keys) fireEvent.keyDown(board, { key });
};
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('an answer of one’s own', () => {
  it('is painted by keys, taken back, and checked', () => {
    const board = open('arc', grid([1, 2], [3, 4]), grid([2, 0], [0, 8]));
    expect(cells()).toEqual(['black', 'black', 'black', 'black']);
    press(board, '2', 'ArrowRight', 'ArrowDown', '8');
    expect(cells()).toEqual(['red', 'black', 'black', 'light blue']);
    expect(board.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('gridcell')[3]?.id);
    click('Check');
    expect(screen.getByRole('status').textContent).toContain('Right.');
    press(board, 'ArrowLeft', ' ');
    expect(screen.getByRole('status').textContent).toBe('');
    click('Check');
    expect(screen.getByRole('status').textContent).toContain('1 cell is wrong.');
    fireEvent.keyDown(board, { key: 'z', ctrlKey: true });
    click('Check');
    expect(screen.getByRole('status').textContent).toContain('Right.');
  });

  it('has another size when asked for, and the input when copied', () => {
    open('arc', grid([1, 2], [3, 4]), grid([5, 5, 5]));
    fireEvent.change(screen.getByLabelText('Rows'), { target: { value: '1' } });
    fireEvent.change(screen.getByLabelText('Columns'), { target: { value: '3' } });
    expect(cells()).toEqual(['black', 'black', 'black']);
    click('Copy the input');
    expect(cells()).toEqual(['blue', 'red', 'green', 'yellow']);
    click('Check');
    expect(screen.getByRole('status').textContent).toContain('The size is wrong: it is not 2×2.');
    click('Clear');
    expect(cells()).toEqual(['black', 'black', 'black', 'black']);
  });

  it('fills an area at once', () => {
    const board = open('arc', grid([0, 0], [0, 0]));
    click('Fill areas');
    press(board, '3');
    expect(cells()).toEqual(['green', 'green', 'green', 'green']);
    click('Undo');
    expect(new Set(cells())).toEqual(new Set(['black']));
    expect(screen.queryByRole('button', { name: 'Check' }), 'nobody knows the solution').toBeNull();
  });

  it('keeps what a Sudoku gives', () => {
    const board = open('sudoku', grid([3, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]));
    press(board, '4', 'ArrowRight', '3', 'ArrowRight', '1', 'Backspace', 'ArrowRight', '9');
    expect(cells().slice(0, 4)).toEqual(['2', '3', 'blank', 'blank']);
    expect(screen.getAllByRole('gridcell')[0]?.getAttribute('aria-readonly')).toBe('true');
  });

  it('is a path through a maze, taken away by the same key', () => {
    const board = open('maze', grid([3, 2, 1], [2, 2, 4]));
    press(board, ' ', 'ArrowRight', ' ', 'ArrowDown', 'Enter', 'ArrowLeft', ' ', ' ');
    expect(cells()).toEqual(['start', 'path', 'wall', 'open', 'path', 'goal']);
  });
});
