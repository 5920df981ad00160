import type { Inspection } from '../api/types';
import { Configuration } from '../evaluation/Configuration';
import { count, plural } from '../format/numbers';
import { Fact } from '../shell/Fact';
import { Notice } from '../shell/Notice';

/** What a checkpoint was found to be. */
export function Inspected({ inspection }: { readonly inspection: Inspection }) {
  const { architecture, coreParameters, embeddingParameters, missing, leftOut } = inspection;
  return (
    <>
      {architecture !== null && (
        <dl class="pairs">
          <Fact name="Architecture">{architecture}</Fact>
          <Fact name="Parameters of the network">{count(coreParameters ?? 0)}</Fact>
          <Fact name="Of the puzzle embedding">{count(embeddingParameters ?? 0)}</Fact>
        </dl>
      )}
      {missing.length > 0 && (
        <div class="in-card">
          <Notice tone="warning" title={`The tensors do not tell ${plural(missing.length, 'setting')}`}>
            <p>
              {missing.map((name, i) => (
                <span key={name}>
                  {i > 0 && ', '}
                  <code>{name}</code>
                </span>
              ))}
            </p>
          </Notice>
        </div>
      )}
      {leftOut.length > 0 && <p class="nothing">Left out, because they are not weights: {leftOut.join(', ')}.</p>}
      <div class="in-card">
        <Configuration evaluation={inspection} />
      </div>
    </>
  );
}
