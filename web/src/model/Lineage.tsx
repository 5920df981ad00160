import { useState } from 'preact/hooks';
import type { Model, ModelCheckpoint } from '../api/types';
import { count, plural, short } from '../format/numbers';
import { Explained } from '../reading/Explain';
import { Ago } from '../shell/Ago';
import { Digest } from '../shell/Digest';
import { Fact } from '../shell/Fact';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { type Change, changes, firstWithWeights } from './changes';

const FIRST = 8;

/** The checkpoints of a model as they came, the newest first: whose weights each has, and what its configuration changed. */
export function Lineage({ model }: { readonly model: Model }) {
  const [all, setAll] = useState(false);
  const { checkpoints, checkpointCount } = model;
  const shown = all ? checkpoints : checkpoints.slice(0, FIRST);
  return (
    <section class="card" aria-labelledby="lineage">
      <header class="card-head">
        <Explained term="checkpoint">
          <h2 id="lineage">Checkpoints</h2>
        </Explained>
        <p class="facts">
          {checkpointCount > checkpoints.length ? `the newest ${count(checkpoints.length)} of ${count(checkpointCount)}` : 'newest first'}
        </p>
      </header>
      <ol class="lineage">
        {shown.map((checkpoint, index) => (
          <Item key={checkpoint.manifest} checkpoint={checkpoint} earlier={checkpoints.slice(index + 1)} />
        ))}
      </ol>
      {shown.length < checkpoints.length && (
        <p class="more">
          <button type="button" onClick={() => setAll(true)}>
            Show all {count(checkpoints.length)} checkpoints
          </button>
        </p>
      )}
    </section>
  );
}

interface ItemProps {
  readonly checkpoint: ModelCheckpoint;
  /** Those that came before it, newest first. */
  readonly earlier: readonly ModelCheckpoint[];
}

function Item({ checkpoint, earlier }: ItemProps) {
  const before = earlier[0];
  return (
    <li data-checkpoint={checkpoint.checkpoint} data-manifest={checkpoint.manifest}>
      <p class="lineage-head">
        <strong>
          <Name>{checkpoint.fileName}</Name>
        </strong>
        <span class="sub-inline">
          <Ago time={checkpoint.firstSeen} />
        </span>
      </p>
      <dl class="unit-facts">
        <Fact name="Digest">
          <Digest digest={checkpoint.checkpoint} what={checkpoint.fileName} />
        </Fact>
        <Fact name="Architecture">{checkpoint.architecture}</Fact>
        <Fact name="Core parameters">
          <span title={`${count(checkpoint.coreParameters)} parameters`}>{short(checkpoint.coreParameters)}</span>
        </Fact>
        <Fact name="Embedding parameters">
          <span title={`${count(checkpoint.embeddingParameters)} parameters`}>{short(checkpoint.embeddingParameters)}</span>
        </Fact>
        <Fact name="Evaluations">{count(checkpoint.evaluations)}</Fact>
      </dl>
      <SameWeights checkpoint={checkpoint} before={firstWithWeights(checkpoint, earlier)} />
      {before && <Configured changed={changes(before, checkpoint)} before={before} />}
    </li>
  );
}

interface SameProps {
  readonly checkpoint: ModelCheckpoint;
  /** The first of this model with these weights, when it is another one. */
  readonly before: ModelCheckpoint | undefined;
}

/** Same numbers, same thing: whatever they are called and whatever file they came in. */
function SameWeights({ checkpoint, before }: SameProps) {
  const { otherModels } = checkpoint;
  return (
    <>
      {otherModels.length > 0 && (
        <p class="same-weights">
          <Icon name="copy" /> The same weights as{' '}
          {otherModels.map((name, index) => (
            <span key={name}>
              {index > 0 && (index === otherModels.length - 1 ? ' and ' : ', ')}
              <a href={to.model(name)}>
                <Name>{name}</Name>
              </a>
            </span>
          ))}
        </p>
      )}
      {before && (
        <p class="sub-inline">
          This model had these weights before: <Name>{before.fileName}</Name>, <Ago time={before.firstSeen} />
          {before.source === checkpoint.source ? '.' : ', in another file.'}
        </p>
      )}
    </>
  );
}

function Configured({ changed, before }: { readonly changed: readonly Change[]; readonly before: ModelCheckpoint }) {
  if (changed.length === 0)
    return (
      <p class="sub-inline">
        The configuration is that of <Name>{before.fileName}</Name> before it.
      </p>
    );
  return (
    <details class="changes" open={changed.length <= 3}>
      <summary>
        {plural(changed.length, 'value')} changed from the configuration of <Name>{before.fileName}</Name> before it
      </summary>
      <ul>
        {changed.map(({ name, before: old, now }) => (
          <li key={name}>
            <code>{name}</code> {old ?? 'none'} <span aria-hidden="true">→</span>
            <span class="sr">became</span> <strong>{now ?? 'none'}</strong>
          </li>
        ))}
      </ul>
    </details>
  );
}
