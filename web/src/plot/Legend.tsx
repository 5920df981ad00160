import { Shape } from './PlotMark';
import type { PlotContent, PlotPoint } from './points';

const MARKS: readonly (Pick<PlotPoint, 'origin' | 'split'> & { readonly words: string })[] = [
  { origin: 'run', split: null, words: 'run here' },
  { origin: 'answers', split: null, words: 'scored here' },
  { origin: 'published', split: null, words: 'published' },
  { origin: 'published', split: 'semi-private', words: 'published, semi-private' },
];

/** The marks that are in the drawing; its lines have their names beside them. */
export function Legend({ content }: { readonly content: PlotContent }) {
  const unseen = ({ origin, split }: Pick<PlotPoint, 'origin' | 'split'>) => origin === 'published' && split === 'semi-private';
  const shown = MARKS.filter((mark) => content.points.some((point) => point.origin === mark.origin && unseen(point) === unseen(mark)));
  return (
    <ul class="plot-legend" aria-hidden="true">
      {shown.map((mark) => (
        <li key={mark.words}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <Shape point={mark} x={8} y={8} />
          </svg>
          {mark.words}
        </li>
      ))}
    </ul>
  );
}
