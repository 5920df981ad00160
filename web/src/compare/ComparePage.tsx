import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { ComparedTask, Comparison, Evaluation } from '../api/types';
import { isRun, ranBy } from '../evaluation/run';
import { count, percent, plural } from '../format/numbers';
import { PaletteSwitch } from '../grid/PaletteSwitch';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, Notice, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { useTitle } from '../shell/title';
import { SideBySide } from './SideBySide';

/** Tasks of a list at first, and more at each press. */
const SOME = 20;

interface PageProps {
  readonly first: string;
  readonly second: string;
}

/** Two evaluations of one set: who solved what, and whether the difference is more than luck. */
export function ComparePage({ first, second }: PageProps) {
  const { value: comparison, problem, reload } = useResource<Comparison>(api.compare(first, second));
  useTitle(comparison ? `${comparison.first.model} and ${comparison.second.model}` : 'Compare');
  return (
    <>
      <Crumbs
        steps={[
          { name: 'Leaderboards', href: to.overview() },
          ...(comparison ? [{ name: comparison.first.puzzleSet, href: to.set(comparison.first.puzzleSet) }] : []),
        ]}
      />
      <h1 tabIndex={-1}>Compare</h1>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!comparison && !problem && <Loading what="the comparison" />}
      {comparison && <Compared comparison={comparison} />}
    </>
  );
}

function verdict({ significant, onlyFirstCount, onlySecondCount }: Comparison): string {
  if (onlyFirstCount + onlySecondCount === 0) return 'They solve the same tasks';
  return significant ? 'They differ significantly' : 'The difference may be luck';
}

function Compared({ comparison }: { readonly comparison: Comparison }) {
  const { first, second, both, neither, onlyFirst, onlyFirstCount, onlySecond, onlySecondCount } = comparison;
  return (
    <>
      <NotAlike first={first} second={second} />
      <p class="verdict">
        {verdict(comparison)}: {plural(onlyFirstCount, 'task')} solved by the first alone, {count(onlySecondCount)} by the second alone;
        McNemar’s exact test, p = {pText(comparison.pValue)}.
      </p>
      <section class="card" aria-label="Who solved what">
        <ScrollRoom label="Two by two table">
          <table class="board two-by-two">
            <caption class="sr">Tasks by who solved them</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span class="sr">Who</span>
                </th>
                <th scope="col" class="num">
                  <Ran of={second} /> solved
                </th>
                <th scope="col" class="num">
                  not solved
                </th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">
                  <Ran of={first} /> solved
                </th>
                <td class="num">{count(both)}</td>
                <td class="num">{count(onlyFirstCount)}</td>
              </tr>
              <tr>
                <th scope="row">not solved</th>
                <td class="num">{count(onlySecondCount)}</td>
                <td class="num">{count(neither)}</td>
              </tr>
            </tbody>
          </table>
        </ScrollRoom>
      </section>
      {first.puzzleSetKind === 'arc' && <PaletteSwitch />}
      <Tasks title="Solved by the first alone" tasks={onlyFirst} all={onlyFirstCount} first={first} second={second} />
      <Tasks title="Solved by the second alone" tasks={onlySecond} all={onlySecondCount} first={first} second={second} />
    </>
  );
}

function NotAlike({ first, second }: Pick<Comparison, 'first' | 'second'>) {
  if (first.protocol && second.protocol && first.protocol.key !== second.protocol.key) {
    return (
      <Notice tone="warning" title="They were run by different protocols">
        <p>
          The first by {first.protocol.label}, the second by {second.protocol.label}: the difference is not one of the models alone.
        </p>
      </Notice>
    );
  }
  const answered = [first, second].filter((evaluation) => !isRun(evaluation));
  if (answered.length === 0) return null;
  return (
    <Notice tone="warning" title="Not all of it was run here">
      <ul class="problems">
        {answered.map((evaluation) => (
          <li key={evaluation.id}>
            <Name>{evaluation.model}</Name>: {ranBy(evaluation)}.
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Ran({ of }: { readonly of: Evaluation }) {
  return (
    <>
      <a href={to.evaluation(of.id)}>
        <Name>{of.model}</Name>
      </a>{' '}
      <span class="sub">
        <Name>{of.fileName}</Name>
      </span>{' '}
      {percent(of.scores[of.mainMetric] ?? NaN)}
    </>
  );
}

interface TasksProps {
  readonly title: string;
  /** The first of them. */
  readonly tasks: readonly ComparedTask[];
  /** How many there are. */
  readonly all: number;
  readonly first: Evaluation;
  readonly second: Evaluation;
}

function Tasks({ title, tasks, all, first, second }: TasksProps) {
  const [shown, setShown] = useState(SOME);
  if (tasks.length === 0) return null;
  return (
    <section class="card compared-tasks" aria-label={title}>
      <header class="card-head">
        <h2>{title}</h2>
        <p class="facts">{plural(all, 'task')}</p>
      </header>
      {tasks.slice(0, shown).map((task) => (
        <SideBySide key={task.index} {...{ task, first, second }} />
      ))}
      {tasks.length > shown && (
        <p class="in-card">
          <button type="button" onClick={() => setShown(shown + SOME)}>
            Show {Math.min(SOME, tasks.length - shown)} more of {count(all)}
          </button>
        </p>
      )}
      {tasks.length <= shown && all > tasks.length && <p class="in-card facts">and {count(all - tasks.length)} more</p>}
    </section>
  );
}

function pText(p: number): string {
  return p < 0.0001 ? p.toExponential(1) : p.toFixed(4);
}
