import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Interval, Leaderboard, LeaderboardEntry } from '../api/types';
import { Choose, ChooseHead } from '../compare/Choose';
import type { Choosing } from '../compare/choosing';
import { Verification } from '../evaluation/Verification';
import { meanSteps, saving } from '../format/halting';
import { count, dollars, percent, plural, range, short } from '../format/numbers';
import { seconds, secondsEach } from '../format/time';
import { metricName } from '../format/words';
import { Explain, ExplainColumn } from '../reading/Explain';
import { ExplainMetrics } from '../reading/ExplainMetrics';
import { Ago } from '../shell/Ago';
import { Digest } from '../shell/Digest';
import { Icon } from '../shell/Icon';
import { Name, Names } from '../shell/Name';
import { MOST_COMPARED, to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { type Columns, columnsOf } from './columns';
import { type Marking, marks } from './marking';
import { RoomForMore } from './RoomForMore';
import { ariaSort, pressed, type Sorting, type SortKey, tied } from './ranking';
import { computePerTask, priced } from './shown';

const NONE: readonly string[] = [];
/** Rows of one body of the table, which come together: more than a screen has. */
export const SLICE = 50;

interface TableProps {
  readonly board: Leaderboard;
  /** The rows to show, in their order. */
  readonly entries: readonly LeaderboardEntry[];
  /** So many of them are made by now; room is kept for the others. All of them if nothing is said. */
  readonly ready?: number;
  readonly by: Sorting;
  readonly onSort: (by: Sorting) => void;
  /** Metrics shown beside the main one. */
  readonly further?: readonly string[];
  /** What is shown beside rank, model and score; what a board shows by itself if nothing is said. */
  readonly columns?: Columns | undefined;
  readonly marking?: Marking;
  readonly choosing?: Choosing | undefined;
}

/** The leaderboard of one puzzle set, sortable by every number in it. */
export function LeaderboardTable({
  board,
  entries,
  ready = entries.length,
  by,
  onSort,
  further: metrics = NONE,
  columns = null,
  marking,
  choosing,
}: TableProps) {
  const head = { by, onPress: (key: SortKey) => onSort(pressed(by, key)) };
  const name = board.puzzleSet.name;
  const optional = useMemo(() => columnsOf(board, metrics), [board, metrics]);
  const ids = useMemo(() => new Set(columns ?? optional.filter(({ folded }) => !folded).map(({ id }) => id)), [optional, columns]);
  const has = (id: string) => ids.has(id);
  const further = useMemo(() => metrics.filter((metric) => ids.has(`score:${metric}`)), [metrics, ids]);
  const costs = priced(board) && has('cost');
  return (
    <ScrollRoom label={`Leaderboard of ${name}`}>
      <table class="board" data-puzzle-set={name} aria-busy={ready < entries.length}>
        <caption class="sr">
          Leaderboard of <Name>{name}</Name>, sortable by the buttons in its header
        </caption>
        <thead>
          <tr>
            {choosing && <ChooseHead />}
            <Column {...head} sort="rank" class="num" explained={<Explain term="tie group" />}>
              <span aria-hidden="true">#</span>
              <span class="sr">Rank</span>
            </Column>
            <Column {...head} sort="model">
              Model
            </Column>
            <Column
              {...head}
              sort="score"
              class="num"
              explained={<ExplainMetrics metrics={[board.metric, ...further]} kind={board.puzzleSet.kind} />}
            >
              {metricName(board.metric)}
            </Column>
            {costs && (
              <Column
                {...head}
                sort="cost"
                class="num"
                explained={
                  <ExplainColumn name="Cost per task">What the solvers’ devices cost for one task, by their prices per hour.</ExplainColumn>
                }
              >
                Cost per task
              </Column>
            )}
            {further.map((metric) => (
              <Column {...head} key={metric} sort={`score:${metric}`} class="num">
                {metricName(metric, board.puzzleSet.kind)}
              </Column>
            ))}
            {has('core') && (
              <Column
                {...head}
                sort="core"
                class="num"
                explained={
                  <ExplainColumn name="Core params">Parameters of the network itself, without its puzzle embedding.</ExplainColumn>
                }
              >
                Core params
              </Column>
            )}
            {has('embedding') && (
              <Column {...head} sort="embedding" class="num" explained={<Explain term="puzzle embedding" />}>
                Embedding
              </Column>
            )}
            {has('compute') && (
              <Column
                {...head}
                sort="compute"
                class="num"
                explained={<ExplainColumn name="Compute per task">Time of inference for one task, summed over all solvers.</ExplainColumn>}
              >
                Compute per task
              </Column>
            )}
            {board.protocol?.earlyHalting && has('steps') && (
              <Column {...head} sort="steps" class="num" explained={<Explain term="improvement step" />}>
                Mean steps
              </Column>
            )}
            {has('checkpoint') && (
              <th scope="col">
                Checkpoint
                <Explain term="checkpoint" />
              </th>
            )}
            {has('finished') && (
              <Column {...head} sort="finished" class="num">
                Finished
              </Column>
            )}
          </tr>
        </thead>
        {slices(entries, ready).map(({ from, slice }) => (
          <tbody key={from}>
            {slice.map((entry) => (
              <Row key={entry.evaluation} {...{ board, costs, entry, further, ids, marking, choosing }} />
            ))}
          </tbody>
        ))}
      </table>
      {ready < entries.length && <RoomForMore rows={entries.length - ready} />}
    </ScrollRoom>
  );
}

/** A browser paints only those bodies again that changed, and none that is far away. */
function slices(entries: readonly LeaderboardEntry[], ready: number) {
  const made = [];
  for (let from = 0; from < ready; from += SLICE) made.push({ from, slice: entries.slice(from, Math.min(from + SLICE, ready)) });
  return made;
}

interface ColumnProps {
  readonly sort: SortKey;
  readonly by: Sorting;
  readonly onPress: (key: SortKey) => void;
  readonly class?: string;
  /** Its (?). */
  readonly explained?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Column({ sort, by, onPress, class: className, explained, children }: ColumnProps) {
  const order = ariaSort(by, sort);
  return (
    <th scope="col" aria-sort={order} class={className}>
      <button type="button" class="sorter" onClick={() => onPress(sort)}>
        <span>{children}</span>
        <Icon name={order === 'none' ? 'both' : order === 'ascending' ? 'up' : 'down'} />
      </button>
      {explained}
    </th>
  );
}

interface RowProps {
  readonly board: Leaderboard;
  /** Whether the table has a column of costs. */
  readonly costs: boolean;
  readonly entry: LeaderboardEntry;
  readonly further: readonly string[];
  /** The columns that are shown. */
  readonly ids: ReadonlySet<string>;
  readonly marking: Marking | undefined;
  readonly choosing: Choosing | undefined;
}

function Row({ board, costs, entry, further, ids, marking, choosing }: RowProps) {
  const metric = board.metric;
  const marked = marking?.marked === entry.evaluation;
  const onMark = marking?.onMark;
  const onChoose = choosing?.onChoose;
  const chosen = choosing?.chosen.includes(entry.evaluation) ?? false;
  const full = choosing?.chosen.length === MOST_COMPARED;
  // The pointer marks one row after the other: the hundreds of others are not drawn anew for it.
  return useMemo(
    () => (
      <tr data-evaluation={entry.evaluation} {...marks(entry.evaluation, marked, onMark)}>
        {onChoose && <Choose id={entry.evaluation} name={entry.model} {...{ chosen, full, onChoose }} />}
        <td class="num rank" data-rank={entry.rank}>
          {entry.rank}
          {tied(board.entries, entry) && <span title="Shares its rank with another model">=</span>}
          <span
            class="group"
            title={`Tie group ${entry.tieGroup}: within a group nobody differs significantly from the best of it (McNemar's test, 5%)`}
          >
            <span class="sr">tie group </span>
            {groupLetter(entry.tieGroup)}
          </span>
        </td>
        <th scope="row" class="model">
          <a href={to.evaluation(entry.evaluation)}>
            <Name>{entry.model}</Name>
          </a>{' '}
          <Verification of={entry.verification} repeats={entry.repeats} />
          <span class="sub">
            {entry.architecture} <Cycles board={board} entry={entry} /> · <Name>{entry.fileName}</Name>
          </span>
          {entry.alsoAs.length > 0 && (
            <span class="sub">
              also as <Names of={entry.alsoAs} />
            </span>
          )}
        </th>
        <td class="num score" data-metric={metric} data-value={entry.score}>
          {percent(entry.score)}
          <ScoreBar share={entry.score} interval={entry.interval} />
          {entry.interval && (
            <span class="interval" title="95% interval">
              {range(entry.interval.low, entry.interval.high)}
            </span>
          )}
        </td>
        {costs && <td class="num">{entry.dollarsPerTask === null ? '–' : dollars(entry.dollarsPerTask)}</td>}
        {further.map((name) => (
          <td key={name} class="num" data-metric={name} data-value={entry.scores[name]}>
            {entry.scores[name] === undefined ? '–' : percent(entry.scores[name])}
          </td>
        ))}
        {ids.has('core') && (
          <td class="num" title={`${count(entry.coreParameters)} parameters`}>
            {short(entry.coreParameters)}
          </td>
        )}
        {ids.has('embedding') && (
          <td class="num" title={`${count(entry.embeddingParameters)} parameters`}>
            {short(entry.embeddingParameters)}
          </td>
        )}
        {ids.has('compute') && (
          <td class="num" title={`${seconds(entry.computeMillis)} for ${plural(board.puzzleSet.taskCount, 'task')}`}>
            {secondsEach(computePerTask(entry, board.puzzleSet.taskCount))}
          </td>
        )}
        {board.protocol?.earlyHalting && ids.has('steps') && <MeanSteps mean={entry.meanSteps} steps={board.protocol.steps} />}
        {ids.has('checkpoint') && (
          <td>
            <Digest digest={entry.checkpoint} what={entry.model} />
            <a class="sub" href={to.model(entry.model)} title={`All checkpoints and evaluations of ${entry.model}`}>
              history
              <span class="sr">
                {' '}
                of <Name>{entry.model}</Name>
              </span>
            </a>
          </td>
        )}
        {ids.has('finished') && <td class="num when">{entry.finishedAt && <Ago time={entry.finishedAt} />}</td>}
      </tr>
    ),
    [board, costs, entry, further, ids, metric, marked, onMark, chosen, full, onChoose],
  );
}

/** How deep the recursion is, which belongs to what a row is; marked where the same weights ran with other cycles, too. */
function Cycles({ board, entry }: { readonly board: Leaderboard; readonly entry: LeaderboardEntry }) {
  if (entry.hCycles === null || entry.lCycles === null) return null;
  const text = `H${entry.hCycles}·L${entry.lCycles}`;
  const others = board.entries.filter(
    (other) => other.checkpoint === entry.checkpoint && (other.hCycles !== entry.hCycles || other.lCycles !== entry.lCycles),
  );
  const title = `H_cycles ${entry.hCycles}, L_cycles ${entry.lCycles}`;
  if (others.length === 0) return <span title={title}>{text}</span>;
  return (
    <strong title={`${title}; the same weights stand on this board with other cycles, too`}>
      {text} <span class="sr">(the same weights stand here with other cycles, too)</span>
    </strong>
  );
}

function MeanSteps({ mean, steps }: { readonly mean: number | null; readonly steps: number }) {
  const saved = mean === null ? null : saving(mean, steps);
  return (
    <td class="num" data-mean-steps={mean ?? ''}>
      {mean === null ? '–' : meanSteps(mean)}
      {saved && <span class="interval">saves {saved}</span>}
    </td>
  );
}

/** a to z, then the number: letters read as groups, not as ranks. */
function groupLetter(group: number): string {
  return group <= 26 ? String.fromCharCode(96 + group) : String(group);
}

/** The number beside it as a length, its interval as a line; says nothing new, so it is hidden from screen readers. */
export function ScoreBar({ share, interval }: { readonly share: number; readonly interval?: Interval | null }) {
  const width = 100 * Math.min(1, Math.max(0, share));
  return (
    <svg class="score-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="score-bar-room" width="100" height="4" />
      <rect class="score-bar-fill" width={width} height="4" />
      {interval && (
        <rect class="score-bar-interval" x={100 * interval.low} y="1.2" width={100 * (interval.high - interval.low)} height="1.6" />
      )}
    </svg>
  );
}
