import type { Evaluation } from '../api/types';
import { Icon } from '../shell/Icon';

/** Whether a number was confirmed by running it once more. */
export function Verification({ of, repeats = 1 }: { readonly of: Evaluation['verification']; readonly repeats?: number }) {
  if (of === null) return null;
  return of === 'reproduced' ? (
    <span
      class="badge badge-finished"
      title={repeats > 1 ? `${repeats} repeats gave the same answer to every example` : 'A repeat gave the same answer to every example'}
    >
      <Icon name="right" /> reproduced{repeats > 1 && ` ×${repeats}`}
    </span>
  ) : (
    <span class="badge badge-failed" title="A repeat gave other answers">
      <Icon name="wrong" /> differs
    </span>
  );
}
