import { useState } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Comparison, Evaluation } from '../api/types';
import { isRun, ranBy } from '../evaluation/run';
import { count } from '../format/numbers';
import { PaletteSwitch } from '../grid/PaletteSwitch';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, Notice, ProblemNotice } from '../shell/Notice';
import { MOST_COMPARED, to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { ComparedScores } from './ComparedScores';
import { CompareWith, useBoardOf } from './CompareWith';
import { letter, pText } from './names';
import { Pairs } from './Pairs';
import { SolverSets } from './SolverSets';
import { StepCurves } from './StepCurves';
import { TaskMatrix } from './TaskMatrix';

interface PageProps {
  readonly ids: readonly string[];
  /** Keys of the published results that stand beside them. */
  readonly published: readonly string[];
}

/** Two to six evaluations of one set: who solved what, and whether the differences are more than luck. */
export function ComparePage({ ids, published }: PageProps) {
  const askable = ids.length >= 2 && ids.length <= MOST_COMPARED;
  const { value: comparison, problem, reload } = useResource<Comparison>(askable ? api.compare(ids) : null);
  useTitle(comparison ? comparison.evaluations.map(({ model }) => model).join(' and ') : 'Compare');
  const set = comparison?.evaluations[0]?.puzzleSet;
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }, ...(set === undefined ? [] : [{ name: set, href: to.set(set) }])]} />
      <h1 tabIndex={-1}>Compare</h1>
      {!askable && <HowMany found={ids.length} />}
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {askable && !comparison && !problem && <Loading what="the comparison" />}
      {comparison && <Compared key={ids.join()} {...{ comparison, ids, published }} />}
    </>
  );
}

function HowMany({ found }: { readonly found: number }) {
  return (
    <Notice tone="empty" title={`Two to ${MOST_COMPARED} evaluations stand side by side; the address names ${count(found)}`}>
      <p>
        Check rows on a <a href={to.overview()}>leaderboard</a>, then press Compare.
      </p>
    </Notice>
  );
}

function Compared({ comparison, ids, published }: PageProps & { readonly comparison: Comparison }) {
  const [only, setOnly] = useState<readonly boolean[] | null>(null);
  const { evaluations } = comparison;
  const first = evaluations[0];
  const board = useBoardOf(ids.length < MOST_COMPARED ? first : undefined);
  if (!first) return null;
  return (
    <>
      <NotAlike evaluations={evaluations} />
      <p class="verdict">{verdict(comparison)}</p>
      <ComparedScores {...{ evaluations, published }} />
      {board && <CompareWith evaluation={first} {...{ board, ids, published }} />}
      {evaluations.length > 2 && <Pairs comparison={comparison} />}
      <SolverSets {...{ comparison, only, onOnly: setOnly }} />
      <StepCurves evaluations={evaluations} />
      {first.puzzleSetKind === 'arc' && <PaletteSwitch />}
      <TaskMatrix key={only?.join() ?? ''} {...{ comparison, ids, only }} onAll={() => setOnly(null)} />
    </>
  );
}

/** The whole comparison in a sentence. */
function verdict({ evaluations, pairs }: Comparison): string {
  const [pair] = pairs;
  if (pair && pairs.length === 1) {
    const how = `${count(pair.onlyFirst)} solved by A alone, ${count(pair.onlySecond)} by B alone; McNemar’s exact test, p = ${pText(pair.pValue)}.`;
    if (pair.onlyFirst + pair.onlySecond === 0) return `They solve the same tasks: ${how}`;
    return `${pair.significant ? 'They differ significantly' : 'The difference may be luck'}: ${how}`;
  }
  const different = pairs.filter(({ significant }) => significant).length;
  const which = evaluations.map((_, place) => letter(place)).join(', ');
  if (different === 0) return `Of ${which} no two differ significantly: what is between them may be luck.`;
  return `Of the ${count(pairs.length)} pairs among ${which}, ${count(different)} ${different === 1 ? 'differs' : 'differ'} significantly.`;
}

function NotAlike({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  const protocols = new Set(evaluations.flatMap(({ protocol }) => (protocol ? [protocol.key] : [])));
  const different = protocols.size > 1;
  const answered = evaluations.some((evaluation) => !isRun(evaluation));
  if (!different && !answered) return null;
  return (
    <Notice tone="warning" title={different ? 'They were run by different protocols' : 'Not all of it was run here'}>
      <ul class="problems">
        {evaluations
          .filter((evaluation) => different || !isRun(evaluation))
          .map((evaluation) => (
            <li key={evaluation.id}>
              <Name>{evaluation.model}</Name>: {ranBy(evaluation)}.
            </li>
          ))}
      </ul>
      {different && <p>Differences are not of the models alone.</p>}
    </Notice>
  );
}
