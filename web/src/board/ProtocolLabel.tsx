import type { Protocol } from '../api/types';

/** A protocol in words; a score by one that is not the authors' is marked, so that nobody quotes it as theirs. */
export function ProtocolLabel({ protocol }: { readonly protocol: Protocol }) {
  return (
    <span class="protocol" data-protocol={protocol.key}>
      {protocol.label}
      {!protocol.whole && (
        <>
          {' '}
          <span class="badge badge-analysis" title="Not how the authors of these models report scores">
            preview or analysis
          </span>
        </>
      )}
    </span>
  );
}
