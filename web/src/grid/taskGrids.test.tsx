import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { encoded } from '../testing/samples';
import { decode } from './cells';
import { DifferenceFigure } from './DifferenceFigure';
import { difference } from './difference';
import { roomFor } from './drawing';
import { GridFigure } from './GridFigure';
import { pathLines } from './mazePath';
import { conflicts } from './sudokuConflicts';
import { MAZE } from './tokens';

afterEach(cleanup);
const grid = (...rows: number[][]) => decode(encoded(rows));
/** Digits as they stand in the puzzle, 0 for a blank: a token is the digit and one. */
const sudoku = (...rows: number[][]) => grid(...rows.map((row) => row.map((digit) => digit + 1)));
const SOLVED = sudoku([1, 2, 3, 4], [3, 4, 1, 2], [2, 1, 4, 3], [4, 3, 2, 1]);

describe('conflicts of a Sudoku', () => {
  it.each([
    ['a row', sudoku([1, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]), [0, 3]],
    ['a column', sudoku([0, 2, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 2, 0, 0]), [1, 13]],
    ['a box', sudoku([3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]), [0, 5]],
  ])('are the cells of a digit that stands twice in %s', (_, given, cells) => {
    expect([...conflicts(given)].sort((a, b) => a - b)).toEqual(cells);
  });

  it('are all of three, and blanks are none', () => {
    expect(conflicts(sudoku([4, 4, 4, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0])).size).toBe(3);
    expect(conflicts(SOLVED).size).toBe(0);
  });

  it('are circled and counted, also where no solution is known', () => {
    render(<GridFigure title="Predicted" kind="sudoku" grid={sudoku([1, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0])} />);
    expect(screen.getByRole('img', { name: /^Predicted, 4 rows, 4 columns, 2 cells in conflict/ })).toBeTruthy();
    expect(document.querySelector('.s-conflict')!.getAttribute('d')!.match(/M/g)).toHaveLength(2);
    cleanup();
    render(<GridFigure title="Predicted" kind="sudoku" grid={SOLVED} />);
    expect(document.querySelector('.s-conflict')).toBeNull();
  });

  it('leave the givens told from what was filled in', () => {
    const input = sudoku([1, 0, 3, 4], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]);
    render(<GridFigure title="Predicted" kind="sudoku" grid={SOLVED} input={input} />);
    expect([...document.querySelectorAll('.d-given')].map((digit) => digit.textContent)).toEqual(['1', '3', '4']);
    expect(document.querySelectorAll('.d-filled')).toHaveLength(13);
  });
});

describe('the path of a maze', () => {
  const { open, start, goal, path, wall } = MAZE;

  it('is drawn from start to goal through neighbouring cells', () => {
    expect(pathLines(grid([start, path, open], [wall, path, goal]))).toBe('M0.5 0.5h1M1.5 0.5h0M1.5 0.5v1M1.5 1.5h0M1.5 1.5h1');
  });

  it('has a gap where it is broken, and a dot where a cell stands alone', () => {
    expect(pathLines(grid([path, open, path]))).toBe('M0.5 0.5h0M2.5 0.5h0');
  });

  it('does not join start and goal without a path', () => {
    expect(pathLines(grid([start, goal]))).toBe('');
  });
});

describe('the difference of an answer and the solution', () => {
  it('has what both say of every cell, those that only one has included', () => {
    expect(difference(grid([1, 2, 3]), grid([1, 5], [6, 7]))).toEqual({
      rows: 2,
      columns: 3,
      cells: [
        { row: 0, column: 1, predicted: 2, expected: 5 },
        { row: 0, column: 2, predicted: 3, expected: undefined },
        { row: 1, column: 0, predicted: undefined, expected: 6 },
        { row: 1, column: 1, predicted: undefined, expected: 7 },
      ],
    });
  });

  it('is drawn and told in words', () => {
    render(<DifferenceFigure kind="arc" predicted={grid([1, 2])} expected={grid([1, 3])} />);
    expect(screen.getByRole('img', { name: /^Difference, 1 cell of 2 differs/ })).toBeTruthy();
    expect(screen.getByText('row 1, column 2: red instead of green')).toBeTruthy();
    const [red, green] = ['#FF4136', '#2ECC40'].map((colour) => document.querySelector(`[fill="${colour}"]`)!.getAttribute('d'));
    expect([red, green]).toEqual(['M1 0h1l-1 1z', 'M2 0v1h-1z']);
  });

  it('shows both digits of a Sudoku', () => {
    render(<DifferenceFigure kind="sudoku" predicted={sudoku([1, 2])} expected={sudoku([1, 9])} />);
    expect([...document.querySelectorAll('.diff-sign')].map((sign) => sign.textContent)).toEqual(['2', '9']);
  });

  it('is nothing where there is none', () => {
    const { container } = render(<DifferenceFigure kind="sudoku" predicted={SOLVED} expected={SOLVED} />);
    expect(container.innerHTML).toBe('');
  });

  it('lists a hundred cells and counts the others', () => {
    const rows = (cell: number) => Array.from({ length: 11 }, () => Array.from({ length: 10 }, () => cell));
    render(<DifferenceFigure kind="arc" predicted={grid(...rows(1))} expected={grid(...rows(2))} />);
    expect(document.querySelectorAll('.diff-list li')).toHaveLength(101);
    expect(screen.getByText('and 10 more cells')).toBeTruthy();
  });
});

it('grids of one row have one size of cell, and with it one height', () => {
  const [input, predicted, expected] = [grid([1]), grid([1, 2], [3, 4]), grid([1, 2, 3])];
  const room = roomFor(input, predicted, expected, undefined);
  const { container } = render(
    <>
      <GridFigure title="Input" kind="arc" grid={input} room={room} />
      <GridFigure title="Predicted" kind="arc" grid={predicted} expected={expected} room={room} />
      <DifferenceFigure kind="arc" predicted={predicted} expected={expected} room={room} />
    </>,
  );
  const boxes = [...container.querySelectorAll('svg.grid')].map((drawing) => drawing.getAttribute('viewBox'));
  expect(boxes).toHaveLength(3);
  expect(new Set(boxes)).toEqual(new Set(['-0.06 -0.06 3.12 2.12']));
});
