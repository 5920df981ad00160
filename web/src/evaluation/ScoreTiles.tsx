import type { Evaluation, Interval } from '../api/types';
import { ScoreBar } from '../board/LeaderboardTable';
import { meanSteps } from '../format/halting';
import { atLeast, count, percent, plural, range } from '../format/numbers';
import { isOfExamples, metricMeaning, metricName, orderedMetrics } from '../format/words';
import { Notice } from '../shell/Notice';
import { to } from '../shell/routes';
import { Downloads } from './Downloads';

interface ScoresProps {
  readonly evaluation: Evaluation;
}

/** What there is of an evaluation that ended early, with its denominators. */
export function PartialScores({ evaluation }: ScoresProps) {
  return (
    <div class="partial">
      <p class="sub-inline">Partial: {answeredWords(evaluation)}. Never ranked.</p>
      <ScoreTiles evaluation={evaluation} />
    </div>
  );
}

/** "1 of 4 tasks answered: 100.00% of these, at least 25.00% of all" */
function answeredWords({ answered, scores, mainMetric, examplesDone, exampleCount }: Evaluation): string {
  if (answered === null) return `over the ${plural(examplesDone, 'example')} of ${count(exampleCount)} that were answered before it ended`;
  const tasks = `${count(answered.tasks)} of ${plural(answered.of, 'task')} answered`;
  const ofThese = scores[mainMetric];
  const ofAll = answered.atLeast[mainMetric];
  if (ofThese === undefined || ofAll === undefined) return tasks;
  return `${tasks}: ${percent(ofThese)} of these, at least ${atLeast(ofAll)} of all`;
}

/** The scores with their intervals; those of single examples stand apart from those that are about tasks. */
export function ScoreTiles({ evaluation }: ScoresProps) {
  const names = orderedMetrics(Object.keys(evaluation.scores), evaluation.mainMetric);
  if (names.length === 0) return <NoScores evaluation={evaluation} />;
  const ofExamples = names.filter((name) => isOfExamples(name, evaluation.puzzleSetKind));
  const ofTasks = names.filter((name) => !ofExamples.includes(name));
  return (
    <section class={ofTasks.length > 4 ? 'scores scores-many' : 'scores'} aria-label="Scores">
      {ofTasks.length > 0 && <Tiles evaluation={evaluation} names={ofTasks} />}
      {ofExamples.length > 0 && (
        <div>
          <p class="sub-inline scores-apart">{exampleWords(evaluation)}</p>
          <Tiles evaluation={evaluation} names={ofExamples} />
        </div>
      )}
      <p class="sub-inline">
        <a href={to.whyScoresDiffer()}>Another number elsewhere?</a>
      </p>
      <Downloads evaluation={evaluation} />
    </section>
  );
}

function exampleWords({ answers, answered, examplesDone, exampleCount, meanSteps: mean }: Evaluation): string {
  if (answers) return `Each puzzle by itself, over ${plural(exampleCount, 'puzzle')}`;
  const over = answered === null ? plural(exampleCount, 'example') : `${count(examplesDone)} of ${plural(exampleCount, 'example')}`;
  const steps = mean === null ? '' : `, in ${meanSteps(mean)} steps in the mean`;
  return `Each example by itself, before it votes, as trainers log it: over ${over}${steps}`;
}

function Tiles({ evaluation, names }: ScoresProps & { readonly names: readonly string[] }) {
  const { answered, puzzleSetKind: kind, mainMetric } = evaluation;
  return (
    <dl>
      {names.map((name) => (
        <div key={name} class={name === mainMetric ? 'tile tile-main' : 'tile'} data-metric={name} data-value={evaluation.scores[name]}>
          <dt title={metricMeaning(name, kind)}>{metricName(name, kind)}</dt>
          <dd>
            <span class="num">{percent(evaluation.scores[name] ?? NaN)}</span>
            <IntervalText of={evaluation.intervals[name]} />
            {answered !== null && <OfAll share={answered.atLeast[name]} />}
            {name === mainMetric && (
              <>
                <ScoreBar share={evaluation.scores[name] ?? 0} interval={evaluation.intervals[name] ?? null} />
                <span class="tile-note">
                  {metricMeaning(name, kind)}; over {denominator(evaluation)}
                </span>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function denominator({ answers, exampleCount, answered }: Evaluation): string {
  if (answers) return plural(exampleCount, 'test output');
  return answered === null ? plural(exampleCount, 'example') : `the ${plural(answered.tasks, 'task')} answered, and so is its interval`;
}

function IntervalText({ of }: { readonly of: Interval | undefined }) {
  if (of === undefined) return null;
  return (
    <span class="interval" title="95% interval">
      {range(of.low, of.high)}
    </span>
  );
}

/** What the score is at least, had everything else been answered wrongly. */
function OfAll({ share }: { readonly share: number | undefined }) {
  if (share === undefined) return null;
  return (
    <span class="tile-note" title="At least, whatever the missing answers would have been">
      ≥ {atLeast(share)} of all
    </span>
  );
}

/** Of an ARC set whose solutions nobody here knows. */
function NoScores({ evaluation }: ScoresProps) {
  return (
    <section class="card" aria-label="Scores">
      <Notice tone="empty" title="Solutions are hidden: submit the predictions where they are known">
        <p>There is no score to show. The tasks show what was predicted.</p>
      </Notice>
      <Downloads evaluation={evaluation} />
    </section>
  );
}
