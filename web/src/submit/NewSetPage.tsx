import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { postJson } from '../api/resource';
import { type FileOfHub, type ImportedPuzzleSet, KINDS, type PuzzleSetRequest, RULES } from '../api/types';
import { useAction } from '../api/useAction';
import { bytes, count, plural } from '../format/numbers';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Notice, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { fetchAll, type OfHub } from './fetchSet';
import { SetFromHub } from './SetFromHub';
import { type Sending, sendFile } from './sendFile';
import { type SetFile, setFiles } from './setFiles';

/** How far the import is: bytes sent or fetched, or all of them; null where nothing is under way. */
type Progress = { readonly sent: number } | 'importing' | null;

/** Puzzles come in here: a CSV, the folder that the authors' dataset scripts write, or what lies on a hub. */
export function NewSetPage() {
  useTitle('New puzzle set');
  const [files, setFilesOfSet] = useState<readonly SetFile[]>([]);
  const [empty, setEmpty] = useState(false);
  const [progress, setProgress] = useState<Progress>(null);
  const [ofHub, setOfHub] = useState<OfHub | null>(null);
  const [subsets, setSubsets] = useState<readonly string[]>([]);
  const sending = useRef<Pick<Sending, 'pause'> | null>(null);
  useEffect(() => () => sending.current?.pause(), []);
  const fetched = ofHub === null ? [] : filesOf(ofHub, subsets);
  const number = ofHub === null ? files.length : fetched.length;
  const total = ofHub === null ? files.reduce((sum, { file }) => sum + file.size, 0) : fetched.reduce((sum, file) => sum + file.bytes, 0);

  const { run, pending, problem, value, forget } = useAction(async (form: FormData) => {
    try {
      const onSent = (sent: number) => setProgress({ sent });
      const uploads = ofHub === null ? await sendAll(files, sending, onSent) : await fetchAll(fetched, sending, onSent);
      setProgress('importing');
      const request = {
        name: String(form.get('name')),
        kind: KINDS.find((kind) => kind === form.get('kind')) ?? null,
        recipe: ofHub !== null && 'rawTasks' in ofHub ? recipeOf(form, subsets) : null,
        files: uploads,
      } satisfies PuzzleSetRequest;
      const set = await postJson<ImportedPuzzleSet>(api.importPuzzleSet(), request);
      // What is odd about it is read before anything is run on it.
      if (set.warningCount === 0) navigate(to.set(set.name));
      return set;
    } finally {
      setProgress(null);
    }
  });

  const choose = (chosen: readonly SetFile[]) => {
    setOfHub(null);
    setFilesOfSet(chosen);
    setEmpty(chosen.length === 0);
    setProgress(null);
    forget();
  };
  const find = (found: OfHub | null) => {
    setOfHub(found);
    setSubsets(found !== null && 'rawTasks' in found && found.rawTasks.length === 1 ? found.rawTasks.map(({ subset }) => subset) : []);
    setEmpty(false);
    forget();
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    run(new FormData(event.currentTarget as HTMLFormElement));
  };
  return (
    <>
      <Crumbs steps={[{ name: 'Submit', href: to.submit() }]} />
      <h1 tabIndex={-1}>New puzzle set</h1>
      <p class="lead">A puzzle set never changes once it is imported, so that all scores on it are of the same puzzles.</p>
      <form class="card step fields" onSubmit={onSubmit}>
        <label>
          <span>Name</span>
          <input
            name="name"
            required
            pattern={RULES.puzzleSetName}
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
        <SetFromHub found={ofHub} onFound={find} chosen={subsets} onChoose={setSubsets} />
        <p class="fit sub-inline" role="status">
          {words(progress, ofHub !== null, number, total)}
        </p>
        {progress && progress !== 'importing' && (
          <progress value={total === 0 ? 0 : progress.sent / total} aria-label="Upload of the puzzle set" />
        )}
        <button type="submit" class="primary" disabled={pending || number === 0}>
          Import
        </button>
        {empty && (
          <Notice tone="error" title="This folder is not a built dataset">
            <p class="remedy">Choose the output folder of the authors’ dataset script, the one that has the folder test in it.</p>
          </Notice>
        )}
        {problem && <ProblemNotice problem={problem} />}
        {value && value.warningCount > 0 && <Warned set={value} />}
      </form>
    </>
  );
}

/** It is there and can be used; whoever made it should know. */
function Warned({ set }: { readonly set: ImportedPuzzleSet }) {
  const others = set.warningCount - set.warnings.length;
  return (
    <div role="status">
      <Notice tone="warning" title={`It is imported, with ${plural(set.warningCount, 'warning')}`}>
        <ul class="problems">
          {set.warnings.map((warning) => (
            <li key={warning}>
              <Name>{warning}</Name>
            </li>
          ))}
          {others > 0 && <li>and {count(others)} more</li>}
        </ul>
        <p>
          <a class="button" href={to.submit(set.name)}>
            Submit a checkpoint on <Name>{set.name}</Name>
          </a>
        </p>
      </Notice>
    </div>
  );
}

function csv(input: HTMLInputElement): SetFile[] {
  return [...(input.files ?? [])].map((file) => ({ path: file.name, file }));
}

/** What is fetched of what a hub has: of each subset its files, once. */
function filesOf(found: OfHub, subsets: readonly string[]): FileOfHub[] {
  if ('csv' in found) return [found.csv];
  return found.rawTasks.filter(({ subset }) => subsets.includes(subset)).flatMap(({ files }) => files);
}

function recipeOf(form: FormData, subsets: readonly string[]): NonNullable<PuzzleSetRequest['recipe']> {
  return { subsets, testSets: form.getAll('testSet').map(String), augmentations: Number(form.get('augmentations')), seed: null };
}

type Sendings = { current: Pick<Sending, 'pause'> | null };

/** Sends one file after the other; onSent hears the bytes of all of them. */
async function sendAll(files: readonly SetFile[], sending: Sendings, onSent: (sent: number) => void) {
  const uploads: { path: string; upload: string }[] = [];
  let before = 0;
  onSent(before);
  for (const { path, file } of files) {
    const sent = before;
    uploads.push({ path, upload: await send(file, sending, (count) => onSent(sent + count)) });
    before += file.size;
  }
  return uploads;
}

function send(file: File, sending: Sendings, onSent: (sent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    sending.current = sendFile(file, { onSent, onDone: resolve, onProblem: reject });
  });
}

function words(progress: Progress, ofHub: boolean, files: number, total: number): string {
  if (progress === 'importing') return 'Reading the puzzles…';
  if (progress) return `${ofHub ? 'The platform fetches' : 'Uploading'}, ${bytes(progress.sent)} of ${bytes(total)}`;
  if (files === 0) return ofHub ? 'No subset is chosen.' : 'No file is chosen.';
  return `${plural(files, 'file')}, ${bytes(total)}`;
}
