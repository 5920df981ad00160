import type { Leaderboard } from '../api/types';
import { metricName } from '../format/words';
import { priced } from './shown';

/** The columns that someone chose, by their names in addresses; null where a board shows what it shows by itself. */
export type Columns = readonly string[] | null;

/** A column that a board can do without. */
export interface OptionalColumn {
  /** As a board is sorted by it, where it can be. */
  readonly id: string;
  readonly name: string;
  /** Whether it stays away until somebody asks for it. */
  readonly folded: boolean;
}

/** Attempts that are worth a column: what many more candidates hold says little of a model, and pushes the rest off the screen. */
const FEW_ATTEMPTS = 2;

/** What a board can show beside rank, model and score. @param metrics those beside the main one */
export function columnsOf(board: Leaderboard, metrics: readonly string[]): readonly OptionalColumn[] {
  const shown = (id: string, name: string): OptionalColumn => ({ id, name, folded: false });
  return [
    ...(priced(board) ? [shown('cost', 'Cost per task')] : []),
    ...metrics.map((metric) => ({
      id: `score:${metric}`,
      name: metricName(metric, board.puzzleSet.kind),
      folded: Number(/^pass@(\d+)$/.exec(metric)?.[1] ?? 0) > FEW_ATTEMPTS,
    })),
    shown('core', 'Core params'),
    shown('embedding', 'Embedding'),
    shown('compute', 'Compute per task'),
    ...(board.protocol?.earlyHalting ? [shown('steps', 'Mean steps')] : []),
    shown('checkpoint', 'Checkpoint'),
    shown('finished', 'Finished'),
  ];
}

/** The columns that are left when one is turned on or off; null again where that is what the board shows by itself. */
export function turned(all: readonly OptionalColumn[], columns: Columns, id: string): Columns {
  const now = new Set(columns ?? all.filter(({ folded }) => !folded).map((column) => column.id));
  if (!now.delete(id)) now.add(id);
  const same = all.every((column) => now.has(column.id) !== column.folded);
  return same ? null : all.map((column) => column.id).filter((one) => now.has(one));
}
