import { DTYPES, type Protocol, type RequestedProtocol, RULES } from '../api/types';
import { AdaptationFields, requestedAdaptation } from './AdaptationFields';
import { numberIn } from './numberIn';

interface FieldsProps {
  /** What the fields say at first. */
  readonly protocol: Omit<Protocol, 'key' | 'label' | 'whole'>;
  /** Whether the puzzles have augmentations and identifiers. */
  readonly arc: boolean;
}

/** The part of a form that says how a checkpoint is run; read by {@link requestedProtocol}. */
export function ProtocolFields({ protocol, arc }: FieldsProps) {
  return (
    <>
      <label>
        <span>Improvement steps</span>
        <input name="steps" type="number" min={RULES.steps.least} max={RULES.steps.most} required defaultValue={String(protocol.steps)} />
      </label>
      <label>
        <span>Computes in</span>
        <select name="dtype">
          {DTYPES.map((dtype) => (
            <option key={dtype} value={dtype} selected={dtype === protocol.dtype}>
              {dtype}
            </option>
          ))}
        </select>
      </label>
      {arc && (
        <label title="How many augmentations of each task vote; 0 turns voting off">
          <span>Augmentations</span>
          <input
            name="augmentations"
            type="number"
            min={RULES.augmentations.least}
            max={RULES.augmentations.most}
            placeholder="all"
            defaultValue={String(protocol.augmentations ?? '')}
          />
        </label>
      )}
      <label class="check" title="An example ends after the first step at which the halting head says yes">
        <input name="earlyHalting" type="checkbox" defaultChecked={protocol.earlyHalting} /> <span>Halt early</span>
      </label>
      {arc && (
        <label class="check" title="The network is not told which task it sees: what it still solves is no memory of the task">
          <input name="blankIdentifier" type="checkbox" defaultChecked={protocol.blankIdentifier} /> <span>Blank identifier</span>
        </label>
      )}
      {arc && <AdaptationFields adaptation={protocol.adaptation} />}
    </>
  );
}

/** What the form says; a field that it does not show is left to the authors. */
export function requestedProtocol(form: FormData): RequestedProtocol {
  const number = (name: string) => numberIn(form, name);
  return {
    steps: number('steps'),
    dtype: DTYPES.find((dtype) => dtype === form.get('dtype')) ?? null,
    augmentations: number('augmentations'),
    earlyHalting: form.has('earlyHalting'),
    blankIdentifier: form.has('blankIdentifier'),
    adaptation: requestedAdaptation(form),
  };
}
