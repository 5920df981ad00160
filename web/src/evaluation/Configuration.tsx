import type { Evaluation } from '../api/types';
import { ScrollRoom } from '../shell/Scrolling';

/**
 * The resolved configuration and where each value came from. A wrong number of cycles turns a good score into a bad one
 * without any error, so that everyone must be able to check it.
 */
export function Configuration({ evaluation }: { readonly evaluation: Pick<Evaluation, 'hyperParameters' | 'configurationSources'> }) {
  const { hyperParameters, configurationSources } = evaluation;
  const names = Object.keys(hyperParameters);
  if (names.length === 0) return null;
  return (
    <details class="card configuration">
      <summary>Configuration, {names.length} values and where each came from</summary>
      <ScrollRoom label="Configuration">
        <table class="board">
          <thead>
            <tr>
              <th scope="col">Parameter</th>
              <th scope="col" class="num">
                Value
              </th>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td class="num">{String(hyperParameters[name])}</td>
                <td>{configurationSources[name] ?? 'derived'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRoom>
    </details>
  );
}
