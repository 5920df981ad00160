import { type Kind, RULES, type TestOutput } from '../api/types';
import { Icon } from '../shell/Icon';

/** Whether one of the attempts is the solution; a candidate after them does not count. */
export function isSolved(kind: Kind, { solutionRank }: TestOutput): boolean {
  return solutionRank !== null && solutionRank <= RULES.attempts[kind];
}

/** Whether a test output is solved, and by which candidate. */
export function Solved({ kind, output }: { readonly kind: Kind; readonly output: TestOutput }) {
  const limit = RULES.attempts[kind];
  const rank = output.solutionRank;
  const right = isSolved(kind, output);
  return (
    <span class={`verdict verdict-${right ? 'right' : 'wrong'}`} data-verdict={right ? 'right' : 'wrong'}>
      <Icon name={right ? 'right' : 'wrong'} /> {solvedWords(kind, rank, limit)}
    </span>
  );
}

function solvedWords(kind: Kind, rank: number | null, limit: number): string {
  if (kind !== 'arc') return rank === 1 ? 'right' : 'wrong';
  if (rank === null) return 'wrong: no candidate is the solution';
  return rank <= limit ? `right by attempt ${rank}` : `wrong: the solution is only candidate ${rank}`;
}
