import { useState } from 'preact/hooks';
import type { Comparison, SolverSet } from '../api/types';
import { count, percent, plural } from '../format/numbers';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { ScrollRoom } from '../shell/Scrolling';
import { digits, letter, namesOf, solvers } from './names';

/** Rows at first: six evaluations have up to 64 sets, most of them small. */
const SOME = 12;

interface SetsProps {
  readonly comparison: Comparison;
  /** The set whose tasks are shown below; null for all tasks. */
  readonly only: readonly boolean[] | null;
  readonly onOnly: (only: readonly boolean[] | null) => void;
}

/** How many tasks each set of the evaluations solves: a row a set, the largest first, as in an UpSet plot laid on its side. */
export function SolverSets({ comparison, only, onOnly }: SetsProps) {
  const [all, setAll] = useState(false);
  const { evaluations, patterns, taskCount } = comparison;
  const largest = [...patterns].sort((one, other) => other.tasks - one.tasks);
  const shown = all ? largest : largest.slice(0, SOME);
  return (
    <section class="card solver-sets" aria-labelledby="solver-sets">
      <header class="card-head">
        <h2 id="solver-sets">Who solves what</h2>
        <p class="facts">{plural(taskCount, 'task')}</p>
      </header>
      <ScrollRoom label="Tasks by who solves them">
        <table class="board">
          <caption class="sr">How many tasks are solved by exactly these; a button shows them below</caption>
          <thead>
            <tr>
              {namesOf(evaluations).map((name, place) => (
                <th key={name} scope="col" class="dot">
                  <b class={`series series-${place}`}>{letter(place)}</b>
                  <span class="sr">
                    , <Name>{name}</Name>
                  </span>
                </th>
              ))}
              <th scope="col">Solved by</th>
              <th scope="col" class="num">
                Tasks
              </th>
              <th scope="col">
                <span class="sr">Share of all tasks</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((set) => (
              <Row
                key={digits(set.solved)}
                {...{ set, taskCount, onOnly }}
                pressed={only !== null && digits(only) === digits(set.solved)}
              />
            ))}
          </tbody>
        </table>
      </ScrollRoom>
      {largest.length > shown.length && (
        <p class="in-card">
          <button type="button" onClick={() => setAll(true)}>
            Show {count(largest.length - shown.length)} smaller ones
          </button>
        </p>
      )}
    </section>
  );
}

interface RowProps extends Pick<SetsProps, 'onOnly'> {
  readonly set: SolverSet;
  readonly taskCount: number;
  readonly pressed: boolean;
}

function Row({ set, taskCount, pressed, onOnly }: RowProps) {
  const share = set.tasks / Math.max(1, taskCount);
  return (
    <tr data-solved={digits(set.solved)} data-tasks={set.tasks}>
      {set.solved.map((solved, place) => (
        <td key={letter(place)} class="dot">
          {solved ? <Icon name="right" /> : <span aria-hidden="true">·</span>}
          <span class="sr">{solved ? 'solves' : 'does not'}</span>
        </td>
      ))}
      <th scope="row">
        <button type="button" class="quiet" aria-pressed={pressed} onClick={() => onOnly(pressed ? null : set.solved)}>
          {solvers(set.solved)}
        </button>
      </th>
      <td class="num">{count(set.tasks)}</td>
      <td class="set-bar">
        <svg class="score-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect class="score-bar-room" width="100" height="4" />
          <rect class="score-bar-fill" width={100 * share} height="4" />
        </svg>
        <span class="sr">{percent(share)}</span>
      </td>
    </tr>
  );
}
