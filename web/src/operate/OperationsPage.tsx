import { useEffect } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, QuarantinePage, Solver, Storage } from '../api/types';
import { LiveDot } from '../board/Activity';
import { Controls } from '../evaluation/Controls';
import { ranBy } from '../evaluation/run';
import { Progress, StateBadge } from '../evaluation/State';
import { queueWords } from '../evaluation/UnderWay';
import { bytes, count, plural } from '../format/numbers';
import { isOver } from '../live/events';
import { useEvaluations } from '../live/useLive';
import { Ago } from '../shell/Ago';
import { Crumbs } from '../shell/Crumbs';
import { Fact } from '../shell/Fact';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { useTitle } from '../shell/title';

const LOOK_MILLIS = 4000;

/** How the platform does: who solves, what waits, what failed, what could not be read. */
export function OperationsPage() {
  useTitle('Operations');
  const { evaluations, status } = useEvaluations(() => evaluations.reload());
  const listed = evaluations.value;
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <div class="headline">
        <h1 tabIndex={-1}>Operations</h1>
        <LiveDot status={status} />
      </div>
      <div class="stack">
        <Solvers />
        {evaluations.problem && <ProblemNotice problem={evaluations.problem} retry={evaluations.reload} />}
        {!listed && !evaluations.problem && <Loading what="the evaluations" />}
        {listed && <Queue evaluations={listed.filter((each) => !isOver(each))} reload={evaluations.reload} />}
        {listed && <Failed evaluations={listed.filter((each) => each.state === 'failed')} reload={evaluations.reload} />}
        <Quarantined />
        <StorageInUse />
      </div>
    </>
  );
}

function Solvers() {
  const { value, problem, reload } = useResource<readonly Solver[]>(api.solvers());
  useEffect(() => {
    const timer = setInterval(reload, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [reload]);
  const living = value?.filter((solver) => solver.alive).length ?? 0;
  return (
    <section class="card" aria-labelledby="solvers">
      <header class="card-head">
        <h2 id="solvers">Solvers</h2>
        {value && <p class="facts">{living === 0 ? 'none alive' : `${plural(living, 'solver')} alive`}</p>}
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value?.length === 0 && <p class="nothing">No solver sent a heartbeat within a day. Start one with ./arena solver.</p>}
      {value && value.length > 0 && (
        <ScrollRoom label="Table of solvers">
          <table class="board">
            <thead>
              <tr>
                <th scope="col">Solver</th>
                <th scope="col">Works on</th>
                <th scope="col" class="num">
                  Memory
                </th>
                <th scope="col" class="num">
                  Units
                </th>
                <th scope="col" class="num">
                  Examples
                </th>
                <th scope="col">Last heartbeat</th>
              </tr>
            </thead>
            <tbody>
              {value.map((solver) => (
                <tr key={solver.name} data-solver={solver.name} data-alive={solver.alive}>
                  <th scope="row">
                    <Name>{solver.name}</Name>
                    <span class="sub">{solver.device}</span>
                  </th>
                  <td>{works(solver)}</td>
                  <td class="num">{solver.memoryBytes === null ? '–' : bytes(solver.memoryBytes)}</td>
                  <td class="num">{count(solver.unitsSolved)}</td>
                  <td class="num">{count(solver.examplesSolved)}</td>
                  <td>
                    <Ago time={solver.heartbeatAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRoom>
      )}
    </section>
  );
}

const STORED: { readonly [kind in Storage['kind']]: string } = {
  answers: 'Answers, with their grids and step replays',
  records: 'Everything else in the database',
  checkpoints: 'Checkpoints',
  puzzle_sets: 'Puzzle sets',
  uploads: 'Uploads that nothing was made of yet',
  topics: 'Messages, on the disks of Kafka',
  logs: 'Logs',
};

function StorageInUse() {
  const { value, problem, reload } = useResource<readonly Storage[]>(api.storage());
  const total = value?.reduce((sum, each) => sum + each.bytes, 0) ?? 0;
  return (
    <section class="card" aria-labelledby="storage">
      <header class="card-head">
        <h2 id="storage">Storage</h2>
        {value && <p class="facts">{bytes(total)} in use</p>}
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value && (
        <dl class="pairs">
          {value.map((each) => (
            <Fact key={each.kind} name={STORED[each.kind]}>
              {bytes(each.bytes)}
            </Fact>
          ))}
        </dl>
      )}
    </section>
  );
}

function works(solver: Solver) {
  if (!solver.alive) return 'gone';
  if (solver.evaluation === null) return 'waits for work';
  return (
    <a href={to.evaluation(solver.evaluation)}>
      unit {solver.unit}, {plural(solver.steps ?? 0, 'step')}
    </a>
  );
}

interface ListProps {
  readonly evaluations: readonly Evaluation[];
  readonly reload: () => void;
}

function Queue({ evaluations, reload }: ListProps) {
  return (
    <section class="card" aria-labelledby="queue">
      <header class="card-head">
        <h2 id="queue">Queue</h2>
        <p class="facts">{evaluations.length === 0 ? 'empty' : `${plural(evaluations.length, 'evaluation')}, in turn`}</p>
      </header>
      {evaluations.length === 0 && <p class="nothing">No evaluation is queued or running.</p>}
      <ul class="activity-list">
        {evaluations.map((evaluation) => (
          <li key={evaluation.id} data-evaluation={evaluation.id} data-state={evaluation.state}>
            <EvaluationLine evaluation={evaluation} />
            <Progress evaluation={evaluation} />
            {evaluation.state === 'queued' && <p class="sub-inline">{queueWords(evaluation)}</p>}
            <Controls evaluation={evaluation} take={reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failed({ evaluations, reload }: ListProps) {
  return (
    <section class="card" aria-labelledby="failed">
      <header class="card-head">
        <h2 id="failed">Recently failed</h2>
      </header>
      {evaluations.length === 0 && <p class="nothing">None of the last fifty evaluations.</p>}
      <ul class="activity-list">
        {evaluations.map((evaluation) => (
          <li key={evaluation.id} data-evaluation={evaluation.id} data-state={evaluation.state}>
            <EvaluationLine evaluation={evaluation} />
            {evaluation.failure && <p class="failure-line">{evaluation.failure.reason}</p>}
            <Controls evaluation={evaluation} take={reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EvaluationLine({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <div class="activity-what">
      <a href={to.evaluation(evaluation.id)}>
        <Name>{evaluation.model}</Name>
      </a>
      <span class="on"> on </span>
      <a class="plain" href={to.set(evaluation.puzzleSet)}>
        <Name>{evaluation.puzzleSet}</Name>
      </a>
      <span class="activity-protocol">{ranBy(evaluation)}</span> <StateBadge state={evaluation.state} />
    </div>
  );
}

/** Messages that no service could read or record; the others went on. */
function Quarantined() {
  const { value, problem, reload } = useResource<QuarantinePage>(api.quarantine());
  return (
    <section class="card" aria-labelledby="quarantine">
      <header class="card-head">
        <h2 id="quarantine">Quarantined messages</h2>
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value && value.messages.length === 0 && <p class="nothing">Every message could be read and recorded.</p>}
      <ul class="reports">
        {value?.messages.map((message) => (
          <li key={message.id}>
            <Ago time={message.at} /> {message.topic}, {count(message.length)} bytes: {message.reason}
          </li>
        ))}
      </ul>
    </section>
  );
}
