import { useCallback, useEffect, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Resource, useResource } from '../api/resource';
import type { Evaluation, PuzzleSet } from '../api/types';
import { percent } from '../format/numbers';
import { metricName } from '../format/words';
import { HomePicture, useHome } from '../home/HomePicture';
import { activity } from '../live/activity';
import { useEvaluations } from '../live/useLive';
import type { Picture } from '../plot/picture';
import { ArenaCommand, Loading, Notice, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { Activity } from './Activity';
import { BoardCard, BoardSection } from './BoardSection';
import { SetTabs } from './SetTabs';

const RECENT = 5;
const LOOK_MILLIS = 3000;

/** Every puzzle set with its best, and what is being evaluated now. */
export function Overview({ picture }: { readonly picture: Picture }) {
  useTitle('Leaderboards');
  const sets = useResource<readonly PuzzleSet[]>(api.puzzleSets());
  const { rounds, news, onEnd } = useEndings();
  const { evaluations, status } = useEvaluations(onEnd);
  const home = useHome(rounds, sets.value?.length);
  useNewSets(sets, evaluations.value);
  return (
    <>
      <h1 tabIndex={-1}>Leaderboards</h1>
      <p class="lead">
        What recursive reasoning models score on the same puzzles by the same rules, what it costs, and every grid behind it.
      </p>
      <ul class="ways">
        <li>
          <a href={to.submit()}>Submit a checkpoint</a>
        </li>
        <li>
          <a href={to.newAnswers()}>Enter answers of another system</a>
        </li>
        <li>
          <a href={to.newSet()}>Add a puzzle set</a>
        </li>
        <li>
          <a href={to.howToRead()}>How to read this</a>
        </li>
      </ul>
      <p class="sr" role="status">
        {news}
      </p>
      <HomePicture picture={picture} home={home} />
      {sets.problem && <ProblemNotice problem={sets.problem} retry={sets.reload} />}
      {!sets.value && !sets.problem && <Loading what="the puzzle sets" />}
      {sets.value && sets.value.length === 0 && <FirstSteps />}
      {sets.value && sets.value.length > 0 && <SetTabs sets={sets.value} current={null} />}
      <div class="columns">
        {evaluations.problem && !sets.problem && <ProblemNotice problem={evaluations.problem} retry={evaluations.reload} />}
        {evaluations.value && <Activity evaluations={activity(evaluations.value, RECENT)} status={status} />}
        <div class="boards">
          {home.settled &&
            sets.value?.map((set) =>
              set.name === home.name ? (
                <BoardCard key={set.name} set={set} board={home.board} />
              ) : (
                <BoardSection key={set.name} set={set} round={rounds[set.name] ?? 0} />
              ),
            )}
        </div>
      </div>
    </>
  );
}

/** Reads the boards of sets anew whose evaluations end, and says so to screen readers. */
function useEndings() {
  const [rounds, setRounds] = useState<Readonly<Record<string, number>>>({});
  const [news, setNews] = useState('');
  const onEnd = useCallback((evaluation: Evaluation) => {
    setRounds((old) => ({ ...old, [evaluation.puzzleSet]: (old[evaluation.puzzleSet] ?? 0) + 1 }));
    setNews(announcement(evaluation));
  }, []);
  return { rounds, news, onEnd };
}

/** No event tells of an imported set: the first is looked for, a later one is noticed by its first evaluation. */
function useNewSets(sets: Resource<readonly PuzzleSet[]>, evaluations: readonly Evaluation[] | undefined): void {
  const { value, reload } = sets;
  const none = value?.length === 0;
  useEffect(() => {
    if (!none) return;
    const timer = setInterval(reload, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [none, reload]);
  const known = new Set(value?.map((set) => set.name));
  const unknown = value && evaluations?.find((evaluation) => !known.has(evaluation.puzzleSet))?.puzzleSet;
  useEffect(() => {
    if (unknown !== undefined) reload();
  }, [unknown, reload]);
}

function announcement(evaluation: Evaluation): string {
  const what = `${evaluation.model} on ${evaluation.puzzleSet}`;
  const score = evaluation.scores[evaluation.mainMetric];
  if (evaluation.state === 'failed') return `${what} failed.`;
  return score === undefined ? `${what} finished.` : `${what} finished: ${metricName(evaluation.mainMetric)} ${percent(score)}.`;
}

function FirstSteps() {
  return (
    <Notice tone="empty" title="No puzzle set yet">
      <p>Import the puzzles that models are to be scored on, then submit a checkpoint. With the demo of this project:</p>
      <ArenaCommand>puzzles import sudoku-4x4 demo/sudoku-4x4/dataset</ArenaCommand>
      <ArenaCommand>submit demo/sudoku-4x4/step_484 --puzzles sudoku-4x4 --wait</ArenaCommand>
      <p>This page updates itself: the evaluation appears here while it runs, its score when it is done.</p>
    </Notice>
  );
}
