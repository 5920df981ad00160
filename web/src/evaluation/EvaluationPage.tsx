import { api } from '../api/paths';
import type { Evaluation, Run } from '../api/types';
import { split } from '../board/Unscored';
import { CompareWith, useBoardOf } from '../compare/CompareWith';
import { progress } from '../live/activity';
import { isOver, type LiveStatus } from '../live/events';
import { useEvaluation } from '../live/useLive';
import { Remove } from '../operate/Remove';
import { Share } from '../share/Share';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { AnswersFacts } from './AnswersFacts';
import { AnswersMark } from './AnswersMark';
import { Canary } from './Canary';
import { Configuration } from './Configuration';
import { EndedEarly } from './EndedEarly';
import { Facts } from './Facts';
import { History } from './History';
import { Notes } from './Notes';
import { OverSteps } from './OverSteps';
import { Repeats } from './Repeats';
import { isRun } from './run';
import { PartialScores, ScoreTiles } from './ScoreTiles';
import { Standing } from './Standing';
import { StateBadge } from './State';
import { Training } from './Training';
import { queueWords, UnderWay } from './UnderWay';
import { Variants } from './Variants';
import type { WallView } from './wallView';

const loadFilms = () => import('../share/films');

interface PageProps {
  readonly id: string;
  readonly view: WallView;
  readonly pageNumber: number;
  /** The improvement step that the tasks are looked at after; null for the end. */
  readonly step: number | null;
}

/** One evaluation: how far it is or what came out, what it cost, and its tasks. */
export function EvaluationPage({ id, view, pageNumber, step }: PageProps) {
  const { value: evaluation, problem, reload, status, take } = useEvaluation(id);
  const board = useBoardOf(evaluation);
  useTitle(evaluation ? titleOf(evaluation) : problem?.notFound ? 'No such evaluation' : null);
  return (
    <>
      <Crumbs
        steps={[
          { name: 'Leaderboards', href: to.overview() },
          ...(evaluation ? [{ name: evaluation.puzzleSet, href: to.boardOf(evaluation) }] : []),
        ]}
      />
      <div class="headline">
        <h1 tabIndex={-1}>{evaluation ? <Name>{evaluation.model}</Name> : 'Evaluation'}</h1>
        {evaluation && <StateBadge state={evaluation.state} />}
        {evaluation && <AnswersMark evaluation={evaluation} />}
        {evaluation && (
          <Share
            name={`${evaluation.model} on ${evaluation.puzzleSet}`}
            badge={evaluation}
            film={
              evaluation.state === 'finished' ? () => loadFilms().then((of) => of.filmOfWall({ evaluation, view, pageNumber, step })) : null
            }
          />
        )}
      </div>
      {evaluation?.state === 'finished' && (
        <a class="skip" href="#tasks">
          Skip to the tasks
        </a>
      )}
      <p class="sr" role="status">
        {evaluation && spoken(evaluation)}
      </p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!evaluation && !problem && <Loading what="the evaluation" />}
      {evaluation && <Outcome evaluation={evaluation} status={status} take={take} />}
      {evaluation && isRun(evaluation) && board && <Standing evaluation={evaluation} entries={split(board).board.entries} />}
      {evaluation?.training && <Training training={evaluation.training} over={isOver(evaluation)} />}
      {evaluation && <Canary evaluation={evaluation} />}
      {evaluation && <Notes notes={evaluation.notes} />}
      {evaluation && isRun(evaluation) && <OfRun evaluation={evaluation} />}
      {evaluation?.answers && <AnswersFacts evaluation={evaluation} answers={evaluation.answers} />}
      {evaluation && board && <CompareWith evaluation={evaluation} board={board} />}
      {evaluation?.state === 'finished' && <OverSteps {...{ evaluation, view, pageNumber, step }} />}
      {evaluation && <Remove what="this evaluation" path={api.evaluation(evaluation.id)} />}
    </>
  );
}

/** What only a run has. */
function OfRun({ evaluation }: { readonly evaluation: Run }) {
  return (
    <>
      <Facts evaluation={evaluation} />
      <Repeats evaluation={evaluation} />
      <Variants evaluation={evaluation} />
      <History evaluation={evaluation} />
      <Configuration evaluation={evaluation} />
    </>
  );
}

function titleOf(evaluation: Evaluation): string {
  const what = `${evaluation.model} on ${evaluation.puzzleSet}`;
  return evaluation.state === 'running' ? `${Math.floor(100 * progress(evaluation))}% ${what}` : what;
}

/** Changes every tenth of the way, not with every example: it is read aloud. */
function spoken(evaluation: Evaluation): string {
  if (evaluation.state === 'queued') return queueWords(evaluation);
  if (evaluation.state !== 'running') return `Evaluation ${evaluation.state}`;
  return `Evaluation running, ${Math.floor(10 * progress(evaluation)) * 10} percent done`;
}

interface OutcomeProps {
  readonly evaluation: Evaluation;
  readonly status: LiveStatus;
  readonly take: (evaluation: Evaluation) => void;
}

function Outcome({ evaluation, status, take }: OutcomeProps) {
  if (!isOver(evaluation)) return <UnderWay evaluation={evaluation} status={status} take={take} />;
  if (evaluation.state === 'finished') return <ScoreTiles evaluation={evaluation} />;
  return (
    <>
      <EndedEarly evaluation={evaluation} take={take} />
      {evaluation.partial && Object.keys(evaluation.scores).length > 0 && <PartialScores evaluation={evaluation} />}
    </>
  );
}
