import type { Without } from '../api/types';
import { count, plural } from '../format/numbers';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import type { BoardView } from './view';

/** Said above a board that is not about all of its tasks. */
export function LeftOut({ name, without, view }: { readonly name: string; readonly without: Without; readonly view: BoardView }) {
  return (
    <p class="left-out" role="status">
      <strong>Without {plural(without.leftOut, 'task')}</strong> that{' '}
      <a href={to.set(without.set)}>
        <Name>{without.set}</Name>
      </a>{' '}
      has, too. Scores, intervals, ranks and tie groups are over the {count(without.remaining)} that remain.{' '}
      <a class="button" href={to.set(name, { ...view, without: null })}>
        Count all tasks again
      </a>
    </p>
  );
}
