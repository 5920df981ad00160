import type { Evaluation } from '../api/types';
import { count, dollars } from '../format/numbers';
import { kindName } from '../format/words';
import { Ago } from '../shell/Ago';
import { Digest } from '../shell/Digest';
import { Fact } from '../shell/Fact';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';
import { Group } from './Facts';

type Answers = NonNullable<Evaluation['answers']>;

interface FactsProps {
  readonly evaluation: Evaluation;
  readonly answers: Answers;
}

/** Whose answers were scored, to what, and what is said of their cost. */
export function AnswersFacts({ evaluation, answers }: FactsProps) {
  const { report } = answers;
  return (
    <section class="fact-groups" aria-label="Details">
      <Group title="Answers">
        <Fact name="System">
          <a href={to.model(evaluation.model)} title="Everything under this name">
            <Name>{evaluation.model}</Name>
          </a>
        </Fact>
        <Fact name="File">
          <Name>{evaluation.fileName}</Name>
        </Fact>
        <Fact name="Digest">
          <Digest digest={answers.digest} what={evaluation.model} />
        </Fact>
        {answers.paper && (
          <Fact name="Paper">
            <Address url={answers.paper} />
          </Fact>
        )}
        {answers.code && (
          <Fact name="Code">
            <Address url={answers.code} />
          </Fact>
        )}
      </Group>
      <Group title="Puzzles">
        <Fact name="Puzzle set">
          <a href={to.set(evaluation.puzzleSet)}>
            <Name>{evaluation.puzzleSet}</Name>
          </a>
        </Fact>
        <Fact name="Kind">{kindName(evaluation.puzzleSetKind)}</Fact>
        <Fact name="Test outputs">{count(report.outputs)}</Fact>
        <Fact name="Missing">{count(report.missing)}</Fact>
        <Fact name="Without an answer">{count(report.unanswered)}</Fact>
        {answers.lenient && <Fact name="Unreadable, counted as wrong">{count(report.unreadable)}</Fact>}
      </Group>
      <Group title="Cost, by their word">
        <Fact name="A task">{answers.dollarsPerTask === null ? 'not said' : dollars(answers.dollarsPerTask)}</Fact>
        {report.cost && report.cost.tokens !== null && <Fact name="Tokens">{count(report.cost.tokens)}</Fact>}
        <Fact name="Scored">
          <Ago time={evaluation.createdAt} />
        </Fact>
      </Group>
    </section>
  );
}

/** Whoever sent it said so: it opens nothing here, and learns nothing of where it was pressed. */
export function Address({ url, words = url }: { readonly url: string; readonly words?: string }) {
  return (
    <a href={url} rel="noopener noreferrer nofollow" target="_blank">
      <Name>{words}</Name>
    </a>
  );
}
