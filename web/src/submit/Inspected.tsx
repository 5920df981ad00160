import type { Inspection } from '../api/types';
import { Configuration } from '../evaluation/Configuration';
import { Notes } from '../evaluation/Notes';
import { count, plural } from '../format/numbers';
import { Fact } from '../shell/Fact';
import { Name } from '../shell/Name';
import { Notice } from '../shell/Notice';
import { to } from '../shell/routes';
import { FILE, networkName, WEIGHTS } from './networks';

/** What a checkpoint was found to be. */
export function Inspected({ inspection }: { readonly inspection: Inspection }) {
  const { architecture, coreParameters, embeddingParameters, leftOut, networks } = inspection;
  const missing = inspection.missing.filter((name) => name !== WEIGHTS && name !== FILE);
  return (
    <>
      {architecture !== null && (
        <dl class="pairs">
          <Fact name="Architecture">{architecture}</Fact>
          <Fact name="Parameters of the network">{count(coreParameters ?? 0)}</Fact>
          <Fact name="Of the puzzle embedding">{count(embeddingParameters ?? 0)}</Fact>
        </dl>
      )}
      {inspection.missing.includes(FILE) && (
        <div class="in-card">
          <Notice tone="warning" title={`The archive holds ${plural(inspection.files.length, 'checkpoint')}: which one is meant?`}>
            <ul class="problems">
              {inspection.files.map((file) => (
                <li key={file}>
                  <Name>{file}</Name>
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      {inspection.missing.includes(WEIGHTS) && (
        <div class="in-card">
          <Notice tone="warning" title={`The file holds ${plural(networks.length, 'network')}: which one is meant?`}>
            <ul class="problems">
              {networks.map((network) => (
                <li key={network.keys}>
                  <Name>{networkName(network)}</Name>
                </li>
              ))}
            </ul>
          </Notice>
        </div>
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
      {inspection.notes.length > 0 && (
        <div class="in-card">
          <Notes notes={inspection.notes} />
        </div>
      )}
      <RanBefore before={inspection.before} />
      {leftOut.length > 0 && <p class="nothing">Left out, because they are not weights: {leftOut.join(', ')}.</p>}
      <div class="in-card">
        <Configuration evaluation={inspection} />
      </div>
    </>
  );
}

/** Whoever sends a file that was here already should know before the start. */
function RanBefore({ before }: { readonly before: Inspection['before'] }) {
  if (before.length === 0) return null;
  return (
    <div class="in-card">
      <Notice
        tone="warning"
        title={before.every(({ sameFile }) => sameFile) ? 'This very file was run here before' : 'These very weights were run here before'}
      >
        <ul class="problems">
          {before.map((run) => (
            <li key={run.evaluation}>
              as{' '}
              <a href={to.evaluation(run.evaluation)}>
                <Name>{run.model}</Name>
              </a>{' '}
              on <Name>{run.puzzleSet}</Name> ({run.protocol}, {run.state}){otherwise(run)}
              {!run.sameFile && ', in another file'}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

function otherwise({ otherwise: settings }: Inspection['before'][number]): string {
  const named = Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`);
  return named.length === 0 ? '' : `, with ${named.join(', ')}`;
}
