import type { Kind } from '../api/types';
import { plural } from '../format/numbers';
import { type Cells, compare } from '../grid/cells';
import { conflicts } from '../grid/sudokuConflicts';
import { MAZE, sudokuDigit } from '../grid/tokens';
import { neighboursOf } from './paint';

export interface Verdict {
  readonly right: boolean;
  readonly words: string;
  /** Cells to mark. */
  readonly wrong: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

/** Holds an answer against the solution. @param ignored what a cell of the solution is where it does not count */
export function judge(kind: Kind, answer: Cells, solution: Cells, ignored: number | null): Verdict {
  const { sameSize, wrong } = compare(answer, solution);
  if (!sameSize) return { right: false, words: `The size is wrong: it is not ${answer.rows}×${answer.columns}.`, wrong: NONE };
  const counted = new Set([...wrong].filter((at) => solution.cells[at] !== ignored));
  if (counted.size === 0) return { right: true, words: 'Right.', wrong: NONE };
  if (keepsRules(kind, answer, solution)) {
    return { right: true, words: 'It keeps all rules, and is another solution than the set has.', wrong: NONE };
  }
  return { right: false, words: `${plural(counted.size, 'cell')} ${counted.size === 1 ? 'is' : 'are'} wrong.`, wrong: counted };
}

function keepsRules(kind: Kind, answer: Cells, solution: Cells): boolean {
  if (kind === 'sudoku') return answer.cells.every((cell) => sudokuDigit(cell) !== null) && conflicts(answer).size === 0;
  return kind === 'maze' && pathLength(solution) === pathLength(answer) && leadsThrough(answer);
}

function pathLength({ cells }: Cells): number {
  return cells.reduce((length, cell) => length + (cell === MAZE.path ? 1 : 0), 0);
}

/** Whether the painted path leads from the start to the goal, and is nowhere else. */
function leadsThrough(maze: Cells): boolean {
  const start = maze.cells.indexOf(MAZE.start);
  const seen = new Set([start]);
  const waiting = start < 0 ? [] : [start];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    for (const near of neighboursOf(maze, here)) {
      const cell = maze.cells[near];
      if (seen.has(near) || (cell !== MAZE.path && cell !== MAZE.goal)) continue;
      seen.add(near);
      if (cell === MAZE.path) waiting.push(near);
    }
  }
  return seen.has(maze.cells.indexOf(MAZE.goal)) && seen.size === pathLength(maze) + 2;
}
