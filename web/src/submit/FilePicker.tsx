import { useId, useRef } from 'preact/hooks';
import { bytes, percent } from '../format/numbers';
import { Icon } from '../shell/Icon';
import { Name } from '../shell/Name';
import { ProblemNotice } from '../shell/Notice';
import type { FileUpload, UploadState } from './useUpload';

interface PickerProps {
  readonly label: string;
  readonly hint: string;
  readonly upload: FileUpload;
  readonly accept?: string;
}

/** One file: chosen, on its way with its progress, or there. */
export function FilePicker({ label, hint, upload, accept }: PickerProps) {
  const { state } = upload;
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const onChange = () => {
    const file = input.current?.files?.[0];
    if (file) upload.choose(file);
  };
  const onRemove = () => {
    // The same file can be chosen again.
    if (input.current) input.current.value = '';
    upload.remove();
    input.current?.focus();
  };
  return (
    <div class="picker">
      <label>
        <span class="picker-label">{label}</span>
        <input type="file" ref={input} onChange={onChange} aria-describedby={hintId} {...(accept ? { accept } : {})} />
      </label>
      <p id={hintId} class="sub-inline">
        {hint}
      </p>
      {state.step !== 'none' && <Progress state={state} upload={upload} onRemove={onRemove} />}
      <p class="sr" role="status">
        {spoken(state)}
      </p>
      {state.step === 'failed' && <ProblemNotice problem={state.problem} retry={upload.resume} />}
    </div>
  );
}

type Underway = Exclude<UploadState, { readonly step: 'none' }>;

interface ProgressProps {
  readonly state: Underway;
  readonly upload: FileUpload;
  readonly onRemove: () => void;
}

function Progress({ state, upload, onRemove }: ProgressProps) {
  const { name, step } = state;
  const sent = state.step === 'done' ? state.bytes : state.sent;
  return (
    <div class="picker-state">
      <div class="picker-line">
        <span class="picker-name">
          {step === 'done' && <Icon name="right" />} <Name>{name}</Name>
        </span>
        <span class="num sub-inline">{amount(state, sent)}</span>
      </div>
      {step !== 'done' && (
        <progress
          value={state.bytes === 0 ? 0 : sent / state.bytes}
          aria-label={step === 'fetching' ? `Fetch of ${name}` : `Upload of ${name}`}
        />
      )}
      <div class="picker-buttons">
        {step === 'sending' && (
          <button type="button" onClick={upload.pause}>
            <Icon name="pause" /> Pause
            <span class="sr">
              {' '}
              the upload of <Name>{name}</Name>
            </span>
          </button>
        )}
        {step === 'paused' && (
          <button type="button" onClick={upload.resume}>
            <Icon name="play" /> Resume
            <span class="sr">
              {' '}
              the upload of <Name>{name}</Name>
            </span>
          </button>
        )}
        <button type="button" onClick={onRemove}>
          Remove
          <span class="sr">
            {' '}
            <Name>{name}</Name>
          </span>
        </button>
      </div>
    </div>
  );
}

function amount(state: Underway, sent: number): string {
  if (state.step === 'done') return `${bytes(state.bytes)}, uploaded`;
  const parts = [`${bytes(sent)} of ${bytes(state.bytes)}`];
  if (state.step === 'paused') parts.push('paused');
  if (state.step !== 'paused' && 'speed' in state && state.speed !== null) {
    parts.push(`${bytes(Math.round(state.speed))}/s`);
    if (state.speed > 0) parts.push(`${duration((state.bytes - sent) / state.speed)} left`);
  }
  return parts.join(' · ');
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

/** In steps of a tenth: a screen reader that says every percent says nothing else. */
function spoken(state: UploadState): string {
  switch (state.step) {
    case 'none':
    case 'failed':
      return '';
    case 'done':
      return `${state.name} is uploaded.`;
    case 'paused':
      return `The upload of ${state.name} is paused.`;
    case 'sending':
    case 'fetching':
      return `${state.step === 'sending' ? 'Uploading' : 'The platform fetches'} ${state.name}, ${percent(Math.floor((10 * state.sent) / Math.max(state.bytes, 1)) / 10).replace('.00', '')}`;
  }
}
