import type { Evaluation } from '../api/types';
import { Icon } from '../shell/Icon';

/** Whether a number was confirmed by running it once more. */
export function Verification({ of }: { readonly of: Evaluation['verification'] }) {
  if (of === null) return null;
  return of === 'verified' ? (
    <span class="badge badge-finished" title="A repeat gave the same answer to every example">
      <Icon name="right" /> verified
    </span>
  ) : (
    <span class="badge badge-failed" title="A repeat gave other answers">
      <Icon name="wrong" /> differs
    </span>
  );
}
