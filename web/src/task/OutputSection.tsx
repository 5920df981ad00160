import { useMemo } from 'preact/hooks';
import { type Candidate, type Kind, RULES, type Task, type TestOutput } from '../api/types';
import { percent, plural } from '../format/numbers';
import { decode } from '../grid/cells';
import { DifferenceFigure } from '../grid/DifferenceFigure';
import { roomFor } from '../grid/drawing';
import { GridFigure } from '../grid/GridFigure';
import { Thumbnail } from '../grid/Thumbnail';
import { Explained } from '../reading/Explain';
import { Icon } from '../shell/Icon';
import type { Look } from './looks';
import { Solved } from './Solved';
import { StepReplay } from './StepReplay';

interface SectionProps {
  readonly evaluation: string;
  /** Whether a checkpoint gave the answers: only then are there votes, halt scores and steps. */
  readonly ran: boolean;
  readonly task: Task;
  readonly output: TestOutput;
  readonly look: Look;
  readonly onLook: (change: Partial<Look>) => void;
}

/** One test output: the puzzle, the right answer, and the candidate that is looked at. */
export function OutputSection({ evaluation, ran, task, output, look, onLook }: SectionProps) {
  const shown = Math.max(
    0,
    output.candidates.findIndex(({ rank }) => rank === look.candidate),
  );
  const candidate = output.candidates[shown];
  const input = useMemo(() => decode(output.input), [output]);
  const expected = useMemo(() => (output.expected ? decode(output.expected) : undefined), [output]);
  const predicted = useMemo(() => (candidate ? decode(candidate.grid) : null), [candidate]);
  const room = roomFor(input, expected, ...output.candidates.map(({ grid }) => grid));
  const many = task.outputs.length > 1;
  const title = many ? `Test output ${output.index + 1}` : 'Test output';
  const within = many ? title : undefined;
  return (
    <section class="output card" aria-label={title} data-output={output.index}>
      <header class="card-head">
        <h2>{title}</h2>
        {output.expected ? <Solved kind={task.kind} output={output} /> : <span class="verdict">solution hidden</span>}
      </header>
      <div class="grids">
        <GridFigure title="Input" within={within} kind={task.kind} grid={input} room={room} />
        {expected && <GridFigure title="Expected" within={within} kind={task.kind} grid={expected} input={input} room={room} />}
        {predicted && candidate ? (
          <GridFigure
            title={output.candidates.length > 1 ? `Predicted, ${candidateName(candidate)}` : 'Predicted'}
            within={within}
            kind={task.kind}
            grid={predicted}
            room={room}
            expected={expected}
            input={input}
          />
        ) : (
          <p class="nothing">The model gave no answer.</p>
        )}
        {predicted && expected && <DifferenceFigure {...{ within, predicted, expected, room }} kind={task.kind} />}
      </div>
      {output.candidates.length > 1 && (
        <Candidates
          kind={task.kind}
          ran={ran}
          candidates={output.candidates}
          shown={shown}
          onShow={(rank) => onLook({ candidate: rank })}
        />
      )}
      {ran && output.candidates.length === 1 && candidate && <p class="sub-inline">{halting(candidate)}</p>}
      {ran && (
        <StepReplay
          {...{ evaluation, within, expected, input }}
          task={task.index}
          output={output.index}
          kind={task.kind}
          step={look.step}
          onStep={(step) => onLook({ step })}
        />
      )}
    </section>
  );
}

function halting(candidate: Candidate): string {
  return `The halting head says ${percent(candidate.meanHalt)} that this is right.`;
}

interface CandidatesProps {
  readonly kind: Kind;
  readonly ran: boolean;
  readonly candidates: readonly Candidate[];
  /** Its place among them. */
  readonly shown: number;
  readonly onShow: (rank: number) => void;
}

/** Every distinct answer that got votes, most votes first; one press shows it large. */
function Candidates({ kind, ran, candidates, shown, onShow }: CandidatesProps) {
  return (
    <div class="candidates">
      <Explained term="candidate">
        <h3>Candidates</h3>
      </Explained>
      <p class="sub-inline">
        {ran && 'Ranked by votes, then by the mean halting score. '}The first {RULES.attempts.arc} are the attempts.
      </p>
      <ol>
        {candidates.map((candidate, place) => (
          <li key={candidate.rank}>
            <button
              type="button"
              class="candidate"
              aria-pressed={place === shown}
              onClick={() => onShow(candidate.rank)}
              data-candidate={candidate.rank}
            >
              <Thumbnail grid={candidate.grid} kind={kind} />
              <span class="candidate-rank">{candidateName(candidate)}</span>
              {ran && <span class="sub-inline">{plural(candidate.votes, 'vote')}</span>}
              {ran && <span class="sub-inline">halt {percent(candidate.meanHalt)}</span>}
              {candidate.correct !== null && (
                <span class={`verdict verdict-${candidate.correct ? 'right' : 'wrong'}`}>
                  <Icon name={candidate.correct ? 'right' : 'wrong'} /> {verdictOf(candidate)}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function candidateName({ rank }: Candidate): string {
  return rank <= RULES.attempts.arc ? `attempt ${rank}` : `candidate ${rank}`;
}

function verdictOf(candidate: Candidate): string {
  if (candidate.correct) return 'right';
  return candidate.wrongCells === null ? 'wrong size' : `${plural(candidate.wrongCells, 'cell')} wrong`;
}
