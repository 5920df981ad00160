import { useEffect, useRef } from 'preact/hooks';
import type { Resource } from '../api/resource';
import type { Answered, EvaluationLine, ModelHistory } from '../api/types';
import { ProtocolLabel } from '../board/ProtocolLabel';
import { StateBadge } from '../evaluation/State';
import { Verification } from '../evaluation/Verification';
import { atLeast, count, plural } from '../format/numbers';
import { Ago } from '../shell/Ago';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { ScoreCell } from './ScoreCell';

const DIGITS = 10;

interface EvaluationsProps {
  readonly name: string;
  readonly after: string | null;
  readonly history: Resource<ModelHistory>;
}

/** All evaluations of a model, newest first, a page at a time. */
export function Evaluations({ name, after, history }: EvaluationsProps) {
  const { value, problem, reload } = history;
  const heading = useFocusOnNewPage(after);
  return (
    <section class="card" aria-labelledby="evaluations">
      <header class="card-head">
        <h2 id="evaluations" tabIndex={-1} ref={heading}>
          Evaluations
        </h2>
        <p class="facts">{after === null ? 'newest first' : 'older ones'}</p>
      </header>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && !problem && <Loading what={`the evaluations of ${name}`} />}
      {value?.evaluations.length === 0 && <p class="nothing">None is older.</p>}
      {value && value.evaluations.length > 0 && <Table name={name} evaluations={value.evaluations} />}
      <Pages name={name} after={after} next={value?.next ?? null} />
    </section>
  );
}

/** What was pressed may be gone on the page that it led to: the focus goes on from the heading. */
function useFocusOnNewPage(after: string | null) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(after);
  useEffect(() => {
    if (shown.current === after) return;
    shown.current = after;
    heading.current?.focus();
  }, [after]);
  return heading;
}

interface TableProps {
  readonly name: string;
  readonly evaluations: readonly EvaluationLine[];
}

function Table({ name, evaluations }: TableProps) {
  return (
    <ScrollRoom label={`Evaluations of ${name}`}>
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Submitted</th>
            <th scope="col">Puzzle set</th>
            <th scope="col" class="num">
              Score
            </th>
            <th scope="col">State</th>
            <th scope="col">Checkpoint</th>
          </tr>
        </thead>
        <tbody>
          {evaluations.map((evaluation) => (
            <Row key={evaluation.id} evaluation={evaluation} />
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}

function Row({ evaluation }: { readonly evaluation: EvaluationLine }) {
  return (
    <tr data-evaluation={evaluation.id} data-state={evaluation.state}>
      <th scope="row">
        <a href={to.evaluation(evaluation.id)}>
          <Ago time={evaluation.createdAt} />
          <span class="sr">
            {' '}
            on <Name>{evaluation.puzzleSet}</Name>
          </span>
        </a>
        {evaluation.repeat > 1 && <span class="sub">repeat {evaluation.repeat}</span>}
      </th>
      <td class="model">
        <a class="plain" href={to.boardOf(evaluation)}>
          <Name>{evaluation.puzzleSet}</Name>
        </a>
        <span class="sub">
          {evaluation.protocol ? <ProtocolLabel protocol={evaluation.protocol} /> : 'answers, scored here, not run here'}
        </span>
      </td>
      <ScoreCell metric={evaluation.metric} score={evaluation.score} interval={evaluation.interval} />
      <td>
        <StateBadge state={evaluation.state} /> <Verification of={evaluation.verification} />
        {evaluation.partial && evaluation.score !== null && (
          <span class="sub" title="Of what was answered before it ended; never ranked">
            partial score{evaluation.answered && `, ${answeredWords(evaluation.answered, evaluation.metric)}`}
          </span>
        )}
      </td>
      <td>
        {evaluation.checkpoint && <code title={evaluation.checkpoint}>{evaluation.checkpoint.slice(0, DIGITS)}</code>}
        <span class="sub">
          <Name>{evaluation.fileName}</Name>
        </span>
      </td>
    </tr>
  );
}

/** "over 1 of 4 tasks, at least 25.00% of all" */
function answeredWords({ tasks, of, atLeast: ofAll }: Answered, metric: string): string {
  const least = ofAll[metric];
  return `over ${count(tasks)} of ${plural(of, 'task')}${least === undefined ? '' : `, at least ${atLeast(least)} of all`}`;
}

interface PagesProps {
  readonly name: string;
  readonly after: string | null;
  readonly next: string | null;
}

function Pages({ name, after, next }: PagesProps) {
  if (after === null && next === null) return null;
  return (
    <nav class="older" aria-label="Pages of evaluations">
      {after !== null && (
        <a class="button" href={to.model(name)}>
          <Icon name="previous" /> Newest
        </a>
      )}
      {next !== null && (
        <a class="button" rel="next" href={to.model(name, next)}>
          Older <Icon name="next" />
        </a>
      )}
    </nav>
  );
}
