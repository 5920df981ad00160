import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import { startEvaluation } from '../api/submissions';
import { type AnswersRequest, type EvaluationRequest, type PuzzleSet, RULES } from '../api/types';
import { useAction } from '../api/useAction';
import { bytes } from '../format/numbers';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { hasArrays, packArrays } from './packArrays';
import { packResults } from './packResults';
import { type Sending, sendFile } from './sendFile';

/** Answers of another system come in here: they are scored, and nothing is run. */
export function NewAnswersPage({ set }: { readonly set: string | null }) {
  useTitle('Answers of another system');
  const [file, setFile] = useState<File | null>(null);
  const sets = useResource<readonly PuzzleSet[]>(api.puzzleSets());
  const sending = useRef<Sending | null>(null);
  useEffect(() => () => sending.current?.pause(), []);
  const entering = useAction(async (form: FormData) => {
    if (!file) return;
    const upload = await new Promise<string>((onDone, onProblem) => {
      sending.current = sendFile(file, { onSent: () => undefined, onDone, onProblem });
    });
    const request = { answers: requestOf(form, upload) } satisfies EvaluationRequest;
    navigate(to.evaluation((await startEvaluation(request)).id));
  });
  const packing = useAction(async (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    const folder = files[0]?.webkitRelativePath.split('/')[0] || 'results';
    setFile(await (hasArrays(files) ? packArrays : packResults)(folder, files));
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    entering.run(new FormData(event.currentTarget as HTMLFormElement));
  };
  const problem = packing.problem ?? entering.problem;
  return (
    <>
      <Crumbs steps={[{ name: 'Submit', href: to.submit() }]} />
      <h1 tabIndex={-1}>Answers of another system</h1>
      <p class="lead">
        They are scored by the rules of a run, marked “answers, scored here, not run here”, and take no rank from a run. On a terminal,{' '}
        <code>./arena answers</code> does the same.
      </p>
      {sets.problem && <ProblemNotice problem={sets.problem} retry={sets.reload} />}
      {!sets.value && !sets.problem && <Loading what="puzzle sets" />}
      <form class="card step fields" onSubmit={onSubmit}>
        <label>
          <span>Puzzle set that was answered</span>
          {/* Another key once they are there, or none of them would be chosen. */}
          <select key={sets.value?.length} name="puzzleSet" required defaultValue={set ?? undefined}>
            {sets.value?.map(({ name }) => (
              <option key={name} selected={name === set}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>System that answered</span>
          <input name="model" required maxLength={RULES.modelNameLength} autocomplete="off" />
        </label>
        <label>
          <span>
            A file: submission.json or predictions.jsonl; of Sudokus and mazes a CSV or JSON lines of id and answer; or a .npz of
            predictions (preds, q_halt_logits, puzzle_identifiers, inputs)
          </span>
          <input
            type="file"
            accept=".json,.jsonl,.csv,.gz,.npz"
            onChange={(event) => {
              packing.forget();
              entering.forget();
              setFile(event.currentTarget.files?.[0] ?? null);
            }}
          />
        </label>
        <label>
          <span>Or a folder: results of arc-agi-benchmarking, one JSON a task, or predictions as .npy</span>
          <input
            type="file"
            {...{ webkitdirectory: true }}
            onChange={(event) => {
              entering.forget();
              packing.run(event.currentTarget);
            }}
          />
        </label>
        <label>
          <span>Dollars per task, unless the answers say it</span>
          <input name="dollarsPerTask" type="number" min="0" max="1000000" step="any" />
        </label>
        <label>
          <span>Address of the paper</span>
          <input name="paper" type="url" maxLength={500} pattern="https?://.+" />
        </label>
        <label>
          <span>Address of the code</span>
          <input name="code" type="url" maxLength={500} pattern="https?://.+" />
        </label>
        <label class="check">
          <input name="lenient" type="checkbox" />
          <span>Count what is no answer as wrong, where it is refused by its place otherwise</span>
        </label>
        <label class="check">
          <input name="again" type="checkbox" />
          <span>Make another entry although the same answers are there</span>
        </label>
        <p class="fit sub-inline" role="status">
          {words(packing.pending, entering.pending, file)}
        </p>
        <button type="submit" class="primary" disabled={packing.pending || entering.pending || file === null}>
          Score them
        </button>
        {problem && <ProblemNotice problem={problem} />}
      </form>
    </>
  );
}

function requestOf(form: FormData, upload: string): AnswersRequest {
  const text = (name: string) => String(form.get(name) ?? '').trim() || null;
  const dollars = text('dollarsPerTask');
  return {
    upload,
    puzzleSet: text('puzzleSet') ?? '',
    model: text('model') ?? '',
    dollarsPerTask: dollars === null ? null : Number(dollars),
    paper: text('paper'),
    code: text('code'),
    lenient: form.get('lenient') === 'on',
    again: form.get('again') === 'on',
  };
}

function words(packing: boolean, entering: boolean, file: File | null) {
  if (packing) return 'Reading the folder…';
  if (entering) return 'Uploading and scoring…';
  if (file === null) return 'No file is chosen.';
  return (
    <>
      <Name>{file.name}</Name>, {bytes(file.size)}
    </>
  );
}
