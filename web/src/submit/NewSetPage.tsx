import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { postJson } from '../api/resource';
import type { PuzzleSet, PuzzleSetRequest } from '../api/types';
import { bytes, plural } from '../format/numbers';
import { Crumbs } from '../shell/Crumbs';
import { navigate } from '../shell/navigation';
import { Notice, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { sendFile, type Sending } from './sendFile';
import { setFiles, type SetFile } from './setFiles';

const KINDS = ['sudoku', 'maze', 'arc', 'sequence'];
/** As ingest takes them. */
const NAME = '[a-z0-9][a-z0-9._\\-]{0,63}';

type State =
  | { readonly step: 'ready' }
  | { readonly step: 'sending'; readonly sent: number }
  | { readonly step: 'importing' }
  | { readonly step: 'failed'; readonly problem: Problem };

/** Puzzles come in here: a CSV, or the folder that the authors' dataset scripts write. */
export function NewSetPage() {
  useTitle('New puzzle set');
  const [files, setFilesOfSet] = useState<readonly SetFile[]>([]);
  const [empty, setEmpty] = useState(false);
  const [state, setState] = useState<State>({ step: 'ready' });
  const sending = useRef<Sending | null>(null);
  useEffect(() => () => sending.current?.pause(), []);
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const busy = state.step === 'sending' || state.step === 'importing';

  const choose = (chosen: readonly SetFile[]) => {
    setFilesOfSet(chosen);
    setEmpty(chosen.length === 0);
    setState({ step: 'ready' });
  };
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setState({ step: 'sending', sent: 0 });
    try {
      const named: { path: string; upload: string }[] = [];
      let before = 0;
      for (const { path, file } of files) {
        const sent = before;
        named.push({ path, upload: await send(file, sending, (count) => setState({ step: 'sending', sent: sent + count })) });
        before += file.size;
      }
      setState({ step: 'importing' });
      const request = { name: String(form.get('name')), kind: String(form.get('kind')) || null, files: named } satisfies PuzzleSetRequest;
      const set = await postJson<PuzzleSet>(api.importPuzzleSet(), request);
      navigate(to.submit(set.name));
    } catch (error) {
      setState({ step: 'failed', problem: problemOf(error) });
    }
  };
  return (
    <>
      <Crumbs steps={[{ name: 'Submit', href: to.submit() }]} />
      <h1 tabIndex={-1}>New puzzle set</h1>
      <p class="lead">Scores under one name mean one exact set: a set is never changed once it is there.</p>
      <form class="card step fields" onSubmit={(event) => void onSubmit(event)}>
        <label>
          <span>Name</span>
          <input
            name="name"
            required
            pattern={NAME}
            title="1 to 64 of a-z, 0-9, '.', '_', '-', starting with a letter or digit"
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <label>
          <span>Kind</span>
          <select name="kind">
            <option value="">recognise it</option>
            {KINDS.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
        </label>
        <label>
          <span>A CSV file (source, question, answer, rating)</span>
          <input type="file" accept=".csv" onChange={(event) => choose(csv(event.currentTarget))} />
        </label>
        <label>
          <span>Or a dataset folder, of which the test split is used</span>
          <input
            type="file"
            {...{ webkitdirectory: true }}
            onChange={(event) => choose(setFiles([...(event.currentTarget.files ?? [])]))}
          />
        </label>
        <p class="fit sub-inline" role="status">
          {words(state, files.length, total)}
        </p>
        {state.step === 'sending' && <progress value={total === 0 ? 0 : state.sent / total} aria-label="Upload of the puzzle set" />}
        <button type="submit" class="primary" disabled={busy || files.length === 0}>
          Import
        </button>
        {empty && (
          <Notice tone="error" title="This folder is not a built dataset">
            <p class="remedy">Choose the output folder of the authors’ dataset script, the one that has the folder test in it.</p>
          </Notice>
        )}
        {state.step === 'failed' && <ProblemNotice problem={state.problem} />}
      </form>
    </>
  );
}

function csv(input: HTMLInputElement): SetFile[] {
  return [...(input.files ?? [])].map((file) => ({ path: file.name, file }));
}

function send(file: File, sending: { current: Sending | null }, onSent: (sent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    sending.current = sendFile(file, { onSent, onDone: resolve, onProblem: reject });
  });
}

function words(state: State, files: number, total: number): string {
  if (state.step === 'sending') return `Uploading, ${bytes(state.sent)} of ${bytes(total)}`;
  if (state.step === 'importing') return 'Reading the puzzles…';
  return files === 0 ? 'No file is chosen.' : `${plural(files, 'file')}, ${bytes(total)}`;
}
