import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { startEvaluation } from '../api/submissions';
import { DTYPES, type EvaluationRequest, type Inspection, type PuzzleSet, type RequestedProtocol, RULES } from '../api/types';
import { useAction } from '../api/useAction';
import { ProtocolFields, requestedProtocol } from '../evaluation/ProtocolFields';
import { StopIfSuspect, stopsIfSuspect } from '../evaluation/StopIfSuspect';
import { Name } from '../shell/Name';
import { ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { Estimate } from './Estimate';
import { Leeway } from './Leeway';
import type { Said } from './SettingsForm';

interface StartProps {
  readonly checkpoint: string;
  readonly config: string | null;
  readonly said: Said;
  readonly inspection: Inspection;
  readonly sets: readonly PuzzleSet[];
  /** The set to begin with, where one was chosen before or the address names one. */
  readonly preferred: string | null;
  readonly onChoose: (set: string) => void;
  readonly onSay: (said: Said) => void;
  readonly onStarted: () => void;
}

/** The last step: on which puzzles, by which protocol, under which name. */
export function StartForm({ checkpoint, config, said, inspection, sets, preferred, onChoose, onSay, onStarted }: StartProps) {
  const [chosen, setChosen] = useState(() => firstChoice(inspection, sets, preferred));
  const [protocol, setProtocol] = useState<RequestedProtocol | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const read = () => {
    if (form.current) setProtocol(requestedProtocol(new FormData(form.current)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another set has other fields, which are read when they are there
  useLayoutEffect(read, [chosen]);
  const set = sets.find(({ name }) => name === chosen);
  const before = inspection.before.find(({ puzzleSet }) => puzzleSet === chosen);
  const fit = inspection.fits.find(({ puzzleSet }) => puzzleSet === chosen);
  const fits = fit === undefined || fit.fits || (fit.adapts && protocol?.adaptation != null);
  const { run, pending, problem } = useAction(async (request: EvaluationRequest) => {
    const started = await startEvaluation(request);
    onStarted();
    navigate(to.evaluation(started.id));
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!set) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    run({
      checkpoint,
      config,
      preset: said.preset,
      hyperParameters: said.settings,
      puzzleSet: set.name,
      model: String(form.get('model') ?? '').trim() || null,
      again: form.get('again') === 'on',
      stopIfSuspect: stopsIfSuspect(form),
      protocol: requestedProtocol(form),
    });
  };
  return (
    <form class="fields" ref={form} onInput={read} onSubmit={onSubmit}>
      <label>
        <span>Puzzle set</span>
        <select
          name="puzzleSet"
          value={chosen}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            onChoose(event.currentTarget.value);
          }}
          aria-describedby="fit"
        >
          {sets.map(({ name }) => (
            <option key={name} value={name}>
              {name}
              {misfit(inspection, name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Model name</span>
        <input name="model" maxLength={RULES.modelNameLength} placeholder="from the config or file name" autocomplete="off" />
      </label>
      <p id="fit" class="fit sub-inline" role="status">
        {fit?.fits && (
          <>
            The checkpoint fits <Name>{chosen}</Name>.
          </>
        )}
        {fit && !fit.fits && fit.problem}
        {fit && !fit.fits && fit.adapts && ' It can run on rows that are adapted to the demonstrations: say for how many training steps.'}
        {fit?.fits && fit.notes.map((note) => <span key={note}> Of it: {note}.</span>)}
      </p>
      {fit && <Leeway {...{ fit, said, onSay }} />}
      <fieldset>
        <legend>Protocol: at first as its authors run it</legend>
        <div class="fields">
          <ProtocolFields key={set?.kind} protocol={authors(inspection)} arc={set?.kind === 'arc'} />
        </div>
      </fieldset>
      {before && (
        <label class="check">
          <input type="checkbox" name="again" />
          <span>
            Run it once more, as a repeat that is compared with{' '}
            <a href={to.evaluation(before.evaluation)}>
              <Name>{before.model}</Name>
            </a>
          </span>
        </label>
      )}
      {set?.kind === 'arc' && <StopIfSuspect />}
      {set && protocol && <Estimate {...{ inspection, set, protocol }} />}
      <button type="submit" class="primary" disabled={pending || !set || !fits} aria-describedby={fits ? undefined : 'fit'}>
        Start the evaluation
      </button>
      <p class="sub-inline" role="status">
        {pending && 'Starting: the checkpoint is checked and its weights are stored…'}
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </form>
  );
}

/** The set of the address, else one that the checkpoint fits. */
function firstChoice(inspection: Inspection, sets: readonly PuzzleSet[], preferred: string | null): string {
  const names = sets.map(({ name }) => name);
  if (preferred !== null && names.includes(preferred)) return preferred;
  return names.find((name) => fitsOf(inspection, name)) ?? names[0] ?? '';
}

function fitsOf(inspection: Inspection, set: string): boolean | undefined {
  return inspection.fits.find(({ puzzleSet }) => puzzleSet === set)?.fits;
}

function misfit(inspection: Inspection, set: string): string {
  const fit = inspection.fits.find(({ puzzleSet }) => puzzleSet === set);
  if (!fit || fit.fits) return '';
  return fit.adapts ? ' (does not fit, unless rows are adapted)' : ' (does not fit)';
}

function authors({ hyperParameters }: Inspection) {
  return {
    steps: Number(hyperParameters.haltMaxSteps ?? 1),
    dtype: DTYPES.find((dtype) => dtype === hyperParameters.forwardDtype) ?? 'float32',
    augmentations: null,
    earlyHalting: false,
    blankIdentifier: false,
    adaptation: null,
  };
}
