import { useState } from 'preact/hooks';
import type { PublishedResult } from '../api/types';
import { percent } from '../format/numbers';

/** What others published on the same benchmark: claims beside the board, never ranked among its runs. */
export function Published({ results }: { readonly results: readonly PublishedResult[] }) {
  const [shown, setShown] = useState(true);
  if (results.length === 0) return null;
  return (
    <section class="card published" aria-labelledby="published">
      <header class="card-head">
        <h2 id="published">Published results</h2>
        <p class="facts">
          <span class="tag">{results[0]?.label}</span>
          <label>
            <input type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} /> show
          </label>
        </p>
      </header>
      {shown && (
        <div class="table-room" role="region" aria-label="Published results" tabIndex={0}>
          <table class="board">
            <thead>
              <tr>
                <th scope="col">Method</th>
                <th scope="col" class="num">Score</th>
                <th scope="col">Split</th>
                <th scope="col" class="num">Parameters</th>
                <th scope="col" class="num">$ per task</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {results.map((result) => (
                <tr key={`${result.method} ${result.split}`}>
                  <th scope="row">{result.method}</th>
                  <td class="num" title={result.metric}>{percent(result.score)}</td>
                  <td>{result.split}</td>
                  <td class="num">{result.parameters ?? '–'}</td>
                  <td class="num">{result.dollarsPerTask ?? '–'}</td>
                  <td class="source">{result.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
