import { useCallback, useMemo } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, LeaderboardAnswer, PuzzleSet } from '../api/types';
import { count } from '../format/numbers';
import { metricName } from '../format/words';
import { activity } from '../live/activity';
import { useEvaluations } from '../live/useLive';
import { Remove } from '../operate/Remove';
import { ExplainMetrics } from '../reading/ExplainMetrics';
import { Share } from '../share/Share';
import { Ago } from '../shell/Ago';
import { Crumbs } from '../shell/Crumbs';
import { Digest } from '../shell/Digest';
import { Name } from '../shell/Name';
import { ArenaCommand, Loading, Notice, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { Activity } from './Activity';
import { SetFacts } from './BoardSection';
import { Origin } from './Origin';
import { Overlaps } from './Overlaps';
import { SetTabs } from './SetTabs';
import { split } from './Unscored';
import type { BoardView } from './view';
import { WholeBoard } from './WholeBoard';

const RECENT = 5;
const NOTHING = { board: undefined, unscored: [] } as const;

/** One puzzle set: all of its leaderboard with every metric, and what the set is. */
export function SetPage({ name, view }: { readonly name: string; readonly view: BoardView }) {
  const { value: answer, problem, reload } = useResource<LeaderboardAnswer>(api.leaderboard(name, view));
  const { board, unscored } = useMemo(() => (answer ? split(answer) : NOTHING), [answer]);
  const sets = useResource<readonly PuzzleSet[]>(api.puzzleSets());
  const onEnd = useCallback((ended: Evaluation) => void (ended.puzzleSet === name && reload()), [name, reload]);
  const { evaluations, status } = useEvaluations(onEnd);
  useTitle(problem?.notFound && view.protocol === null && view.without === null ? 'No such puzzle set' : name);
  const ofThisSet = evaluations.value?.filter((e) => e.puzzleSet === name) ?? [];
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <h1 tabIndex={-1}>
        <Name>{name}</Name>
      </h1>
      {board && <SetFacts set={board.puzzleSet} />}
      {board && (
        <p>
          <a href={to.setTasks(name)}>Look through the tasks of this set</a>
        </p>
      )}
      {board && (
        <p>
          <Share name={name} badge={null} film={null} />
        </p>
      )}
      {board && board.puzzleSet.successor !== null && <Replaced by={board.puzzleSet.successor} />}
      {sets.value && sets.value.length > 1 && <SetTabs sets={sets.value} current={name} />}
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {problem && view.without !== null && (
        <p>
          <a class="button" href={to.set(name, { ...view, without: null })}>
            Count all tasks
          </a>
        </p>
      )}
      {problem && view.protocol !== null && (
        <p>
          <a class="button" href={to.set(name, { ...view, protocol: null })}>
            Show the board of the usual protocol
          </a>
        </p>
      )}
      {!board && !problem && <Loading what={`the leaderboard of ${name}`} />}
      {board && (
        <>
          <WholeBoard {...{ board, unscored, view }} onView={(next) => navigate(to.set(name, next), true)} />
          <Overlaps name={name} view={view} />
          <div class="columns">
            <div class="boards">
              <About set={board.puzzleSet} />
              <Origin name={name} />
              <Remove what="this puzzle set" path={api.puzzleSet(name)} />
            </div>
            <Activity evaluations={activity(ofThisSet, RECENT)} status={status} />
          </div>
        </>
      )}
    </>
  );
}

/** The board stays for whoever cites it; new work belongs on the other one. */
function Replaced({ by }: { readonly by: string }) {
  return (
    <Notice tone="warning" title="This set was replaced">
      <p>
        Its board stays as it is. The set in its place is{' '}
        <a href={to.set(by)}>
          <Name>{by}</Name>
        </a>
        .
      </p>
    </Notice>
  );
}

function About({ set }: { readonly set: PuzzleSet }) {
  return (
    <section class="card" aria-labelledby="about">
      <header class="card-head">
        <h2 id="about">About this set</h2>
      </header>
      <dl class="pairs">
        <div>
          <dt>Ranked by</dt>
          <dd>
            {metricName(set.mainMetric)}
            <ExplainMetrics metrics={[set.mainMetric]} kind={set.kind} />
          </dd>
        </div>
        <div>
          <dt>Tasks</dt>
          <dd>{count(set.taskCount)}</dd>
        </div>
        <div>
          <dt>Examples</dt>
          <dd>{count(set.exampleCount)}</dd>
        </div>
        <div>
          <dt>Sequence length</dt>
          <dd>{count(set.seqLen)} tokens</dd>
        </div>
        <div>
          <dt>Vocabulary</dt>
          <dd>{count(set.vocabSize)}</dd>
        </div>
        <div>
          <dt>Puzzle identifiers</dt>
          <dd>{count(set.identifierCount)}</dd>
        </div>
        <div>
          <dt>Imported</dt>
          <dd>
            <Ago time={set.createdAt} />
          </dd>
        </div>
        <div>
          <dt>Digest</dt>
          <dd>
            <Digest digest={set.digest} what={set.name} />
          </dd>
        </div>
      </dl>
      <ArenaCommand>{`submit CHECKPOINT --puzzles ${set.name} --wait`}</ArenaCommand>
    </section>
  );
}
