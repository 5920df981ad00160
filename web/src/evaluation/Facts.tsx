import type { ComponentChildren } from 'preact';
import type { Run } from '../api/types';
import { ProtocolLabel } from '../board/ProtocolLabel';
import { meanSteps, saving } from '../format/halting';
import { count, short } from '../format/numbers';
import { duration, seconds } from '../format/time';
import { kindName } from '../format/words';
import { Ago } from '../shell/Ago';
import { Digest } from '../shell/Digest';
import { Fact } from '../shell/Fact';
import { Name } from '../shell/Name';
import { to } from '../shell/routes';

/** What was evaluated, by which protocol, at what cost. */
export function Facts({ evaluation }: { readonly evaluation: Run }) {
  const { file, weights } = evaluation.configurationSources;
  return (
    <section class="fact-groups" aria-label="Details">
      <Group title="Checkpoint">
        <Fact name="Model">
          <a href={to.model(evaluation.model)} title="All checkpoints and evaluations under this name">
            <Name>{evaluation.model}</Name>
          </a>
        </Fact>
        <Fact name="File">
          <Name>{evaluation.fileName}</Name>
        </Fact>
        {evaluation.origin && (
          <Fact name="Fetched from">
            <a
              href={evaluation.origin.page}
              rel="noopener noreferrer"
              title={`${evaluation.origin.path} at commit ${evaluation.origin.commit}`}
            >
              {evaluation.origin.hub}/{evaluation.origin.repository}
            </a>
          </Fact>
        )}
        {/* What somebody chose, of an archive or of a file with several networks: raw weights and their average are two checkpoints. */}
        {file && (
          <Fact name="In the archive">
            <Name>{file}</Name>
          </Fact>
        )}
        {weights && (
          <Fact name="Weights">
            <Name>{weights}</Name>
          </Fact>
        )}
        <Fact name="Architecture">{evaluation.architecture}</Fact>
        <Fact name="Core parameters">
          <Amount n={evaluation.coreParameters} />
        </Fact>
        <Fact name="Embedding parameters">
          <Amount n={evaluation.embeddingParameters} />
        </Fact>
        <Fact name="Digest">
          <Digest digest={evaluation.checkpoint} what={evaluation.model} />
        </Fact>
      </Group>
      <Group title="Protocol">
        <Fact name="Puzzle set">
          <a href={to.set(evaluation.puzzleSet)}>
            <Name>{evaluation.puzzleSet}</Name>
          </a>
        </Fact>
        <Fact name="Kind">{kindName(evaluation.puzzleSetKind)}</Fact>
        <Fact name="Examples">{count(evaluation.exampleCount)}</Fact>
        <Fact name="Run by">
          <ProtocolLabel protocol={evaluation.protocol} />
        </Fact>
        {stepsTaken(evaluation) && <Fact name="Mean steps">{stepsTaken(evaluation)}</Fact>}
      </Group>
      <Group title="Cost">
        <Fact name="Compute">{seconds(evaluation.computeMillis)}</Fact>
        <Fact name="Work units">
          {count(evaluation.unitsDone)} of {count(evaluation.unitCount)}
        </Fact>
        {perExample(evaluation) && <Fact name="Per example">{perExample(evaluation)}</Fact>}
        {elapsed(evaluation) && <Fact name="From start to end">{elapsed(evaluation)}</Fact>}
        <Fact name="Submitted">
          <Ago time={evaluation.createdAt} />
        </Fact>
      </Group>
    </section>
  );
}

/** Only where halting is by example: elsewhere everyone takes the steps that the protocol names. */
function stepsTaken({ meanSteps: mean, protocol }: Run): string | null {
  if (mean === null || (!protocol.earlyHalting && mean >= protocol.steps)) return null;
  const saved = saving(mean, protocol.steps);
  return `${meanSteps(mean)} of ${count(protocol.steps)}${saved ? `, saves ${saved}` : ''}`;
}

function perExample(evaluation: Run): string | null {
  if (evaluation.examplesDone <= 0 || evaluation.computeMillis <= 0) return null;
  const millis = evaluation.computeMillis / evaluation.examplesDone;
  return millis < 1000 ? `${millis.toFixed(millis < 10 ? 1 : 0)} ms` : seconds(millis);
}

function elapsed(evaluation: Run): string | null {
  if (evaluation.startedAt === null || evaluation.finishedAt === null) return null;
  return duration(Math.max(0, Date.parse(evaluation.finishedAt) - Date.parse(evaluation.startedAt)));
}

function Amount({ n }: { readonly n: number }) {
  return <span title={`${count(n)} parameters`}>{short(n)}</span>;
}

export function Group({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="card">
      <h2>{title}</h2>
      <dl class="pairs pairs-tight">{children}</dl>
    </div>
  );
}
