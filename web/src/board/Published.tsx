import type { PublishedResult } from '../api/types';
import { dollars, percent } from '../format/numbers';
import { ScrollRoom } from '../shell/Scrolling';
import { type Marking, marks } from './marking';
import { publishedKey } from './shown';

interface PublishedProps {
  readonly all: readonly PublishedResult[];
  /** Those that the filter leaves. */
  readonly shown: readonly PublishedResult[];
  readonly visible: boolean;
  readonly onVisible: (visible: boolean) => void;
  readonly marking: Marking;
}

/** What others published on the same benchmark: claims beside the board, never ranked among its runs. */
export function Published({ all, shown, visible, onVisible, marking }: PublishedProps) {
  if (all.length === 0) return null;
  return (
    <section class="card published" aria-labelledby="published">
      <header class="card-head">
        <h2 id="published">Published results</h2>
        <p class="facts">
          <span class="tag">{all[0]?.label}</span>
          <label>
            <input type="checkbox" checked={visible} onChange={(event) => onVisible(event.currentTarget.checked)} /> show
          </label>
        </p>
      </header>
      {visible && shown.length === 0 && <p class="nothing">No published result has all of these words.</p>}
      {shown.length > 0 && (
        <ScrollRoom label="Table of published results">
          <table class="board">
            <thead>
              <tr>
                <th scope="col">Method</th>
                <th scope="col" class="num">
                  Score
                </th>
                <th scope="col">Split</th>
                <th scope="col" class="num">
                  Parameters
                </th>
                <th scope="col" class="num">
                  $ per task
                </th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((result) => (
                <tr key={publishedKey(result)} {...marks(publishedKey(result), marking.marked === publishedKey(result), marking.onMark)}>
                  <th scope="row">{result.method}</th>
                  <td class="num" title={result.metric}>
                    {percent(result.score)}
                  </td>
                  <td>{result.split}</td>
                  <td class="num">{result.parameters ?? '–'}</td>
                  <td class="num">{result.dollarsPerTask === null ? '–' : dollars(result.dollarsPerTask)}</td>
                  <td class="source">{result.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRoom>
      )}
    </section>
  );
}
