import { useMemo } from 'preact/hooks';
import type { Demonstration, Kind } from '../api/types';
import { decode } from '../grid/cells';
import { roomFor } from '../grid/drawing';
import { GridFigure } from '../grid/GridFigure';
import { Explained } from '../reading/Explain';
import { Icon } from '../shell/Icon';

interface DemonstrationsProps {
  readonly kind: Kind;
  readonly demonstrations: readonly Demonstration[];
}

/** The pairs that are shown with a task. */
export function Demonstrations({ kind, demonstrations }: DemonstrationsProps) {
  return (
    <section aria-labelledby="demonstrations">
      <Explained term="task">
        <h2 id="demonstrations">Demonstrations</h2>
      </Explained>
      <ol class="demonstrations">
        {demonstrations.map((pair, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a demonstration is known by its number alone
          <li key={i} class="card">
            <Pair pair={pair} number={i + 1} kind={kind} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Pair({ pair, number, kind }: { readonly pair: Demonstration; readonly number: number; readonly kind: Kind }) {
  const input = useMemo(() => decode(pair.input), [pair]);
  const output = useMemo(() => decode(pair.output), [pair]);
  const room = roomFor(input, output);
  return (
    <>
      <GridFigure title={`Input ${number}`} kind={kind} grid={input} room={room} />
      <Icon name="next" />
      <GridFigure title={`Output ${number}`} kind={kind} grid={output} room={room} />
    </>
  );
}
