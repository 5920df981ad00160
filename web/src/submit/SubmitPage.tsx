import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { postJson, useResource } from '../api/resource';
import type { Fetched, FetchRequest, Inspection, PuzzleSet } from '../api/types';
import { bytes } from '../format/numbers';
import { Explained } from '../reading/Explain';
import { Name } from '../shell/Name';
import { ArenaCommand, Loading, Notice, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { DropZone } from './DropZone';
import { FilePicker } from './FilePicker';
import { FromHub } from './FromHub';
import { Inspected } from './Inspected';
import { LEEWAY } from './Leeway';
import { SAID_NOTHING, SettingsForm } from './SettingsForm';
import { StartForm } from './StartForm';
import { type Unfinished, unfinished } from './unfinished';
import { type Inspecting, useInspection } from './useInspection';
import { type FileUpload, useUpload } from './useUpload';

/** From a file to a running evaluation. */
export function SubmitPage({ set }: { readonly set: string | null }) {
  useTitle('Submit a checkpoint');
  const checkpoint = useUpload('submit.checkpoint');
  const config = useUpload('submit.config');
  const [said, setSaid] = useState(SAID_NOTHING);
  const [round, setRound] = useState(0);
  const [chosen, setChosen] = useState(set);
  const sets = useResource<readonly PuzzleSet[]>(api.puzzleSets());
  const checkpointId = whole(checkpoint);
  const configId = whole(config);
  // With a configuration on its way the inspection would ask for what is in it.
  const ready = checkpointId !== null && (configId !== null || config.state.step === 'none');
  const inspecting = useInspection(ready ? checkpointId : null, configId, said, round);
  const { inspection, problem, busy } = inspecting;
  const complete = inspection !== null && inspection.architecture !== null && problem === null && !busy;
  const onFiles = (files: readonly File[]) => {
    for (const file of files) (/\.ya?ml$/i.test(file.name) ? config : checkpoint).choose(file);
  };
  return (
    <>
      <h1 tabIndex={-1}>Submit a checkpoint</h1>
      <p class="lead">
        Nothing in it is executed. An interrupted upload continues where it stopped. On a terminal, <code>./arena submit</code> does the
        same. Answers of another system <a href={to.newAnswers(chosen)}>are entered elsewhere</a>.
      </p>
      <section class="card step" aria-labelledby="files">
        <div class="card-head">
          <h2 id="files">1. Files</h2>
        </div>
        <NotFinished chosen={[checkpoint, config].flatMap(({ state }) => (state.step === 'none' ? [] : [state.name]))} />
        <DropZone onFiles={onFiles}>
          <FilePicker
            label="Checkpoint"
            hint="What torch.save wrote, or safetensors, alone or packed as zip or tar. Drop it here or choose it."
            upload={checkpoint}
          />
          <FilePicker
            label="Configuration (all_config.yaml)"
            hint="The trainer wrote it beside the checkpoint. Without it, settings are asked for below."
            upload={config}
            accept=".yaml,.yml"
          />
        </DropZone>
        <FromHub
          label="Or from a hub"
          placeholder="hf://OWNER/REPO/step_1656@main"
          action="Fetch"
          ask={async (name) => {
            const { file, config: beside } = await postJson<Fetched>(api.fetches(), { from: name } satisfies FetchRequest);
            checkpoint.follow(file);
            if (beside !== null) config.follow(beside);
          }}
        />
      </section>
      <section class="card step" aria-labelledby="inspection">
        <div class="card-head">
          <h2 id="inspection">2. Inspection</h2>
        </div>
        <p class="nothing" role="status">
          {!ready ? 'Begins when the files are uploaded.' : busy ? 'Reading the checkpoint…' : spoken(inspecting)}
        </p>
        {inspection && <Inspected inspection={inspection} />}
        {problem && <ProblemNotice problem={problem} retry={() => setRound((n) => n + 1)} />}
        {inspection && <AskSettings inspection={inspection} said={said} onSay={setSaid} />}
      </section>
      <section class="card step" aria-labelledby="start">
        <div class="card-head">
          <Explained term="protocol">
            <h2 id="start">3. Puzzle set and protocol</h2>
          </Explained>
          <a href={to.newSet()}>Upload another puzzle set</a>
        </div>
        {sets.problem && <ProblemNotice problem={sets.problem} retry={sets.reload} />}
        {!sets.value && !sets.problem && <Loading what="puzzle sets" />}
        {sets.value?.length === 0 && <NoSets />}
        {!complete && <p class="nothing">Available when the inspection is complete.</p>}
        {complete && checkpointId !== null && sets.value !== undefined && sets.value.length > 0 && (
          <StartForm
            checkpoint={checkpointId}
            config={configId}
            said={said}
            inspection={inspection}
            sets={sets.value}
            preferred={chosen}
            onChoose={setChosen}
            onSay={setSaid}
            onStarted={() => {
              for (const file of [checkpoint, config]) file.used();
            }}
          />
        )}
      </section>
    </>
  );
}

function whole({ state }: FileUpload): string | null {
  return state.step === 'done' ? state.id : null;
}

function spoken({ inspection, problem }: Inspecting): string {
  if (problem !== null) return 'It was refused.';
  if (inspection === null) return '';
  return inspection.missing.length > 0 ? 'Something is missing.' : 'Complete.';
}

/** The form stays once it was needed, also when what was said is complete: it is where that is changed. */
function AskSettings({
  inspection,
  ...said
}: { readonly inspection: Inspection } & Pick<Parameters<typeof SettingsForm>[0], 'said' | 'onSay'>) {
  const given = Object.keys(said.said.settings).filter((name) => !LEEWAY.includes(name));
  const asked = [...inspection.missing, ...given.filter((name) => !inspection.missing.includes(name))];
  if (asked.length === 0 && said.said.preset === null && inspection.networks.length === 0 && inspection.files.length === 0) return null;
  return (
    <SettingsForm
      asked={asked}
      presets={inspection.presets}
      recipes={inspection.recipes}
      networks={inspection.networks}
      files={inspection.files}
      {...said}
    />
  );
}

/** @param chosen names of the files that were chosen: they are no more to be continued, they go on */
function NotFinished({ chosen }: { readonly chosen: readonly string[] }) {
  const [files, setFiles] = useState<readonly Unfinished[]>([]);
  useEffect(() => void unfinished().then(setFiles), []);
  const waiting = files.filter(({ name }) => !chosen.includes(name));
  if (waiting.length === 0) return null;
  return (
    <ul class="unfinished">
      {waiting.map(({ name, bytes: size, offset }) => (
        <li key={name}>
          {bytes(offset)} of <Name>{name}</Name> ({bytes(size)}) are uploaded already. Choose the file again to continue.
        </li>
      ))}
    </ul>
  );
}

function NoSets() {
  return (
    <Notice tone="empty" title="There is no puzzle set yet">
      <p>
        <a href={to.newSet()}>Upload one</a>, or import one on a terminal:
      </p>
      <ArenaCommand>puzzles import my-sudoku test.csv</ArenaCommand>
    </Notice>
  );
}
