import { useRef } from 'preact/hooks';
import type { Inspection } from '../api/types';
import type { Said } from './SettingsForm';

/** Settings that say how a checkpoint may be larger than the puzzle set, under the server's names. */
const OFFSET = 'identifier_offset';
const TOKENS = 'allow_larger_vocabulary';
export const LEEWAY: readonly string[] = [OFFSET, TOKENS];

/** Those of some settings that are asked for here. */
export function leewayOf(settings: Said['settings']): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => LEEWAY.includes(name)));
}

interface LeewayProps {
  readonly fit: Inspection['fits'][number];
  readonly said: Said;
  readonly onSay: (said: Said) => void;
}

/** For a checkpoint that was trained on this set joined with others: asks what keeps it from running here. */
export function Leeway({ fit, said, onSay }: LeewayProps) {
  const box = useRef<HTMLFieldSetElement>(null);
  const asked = LEEWAY.filter((name) => fit.mendedBy.includes(name) || name in said.settings);
  if (asked.length === 0) return null;
  const say = () => {
    const settings = Object.fromEntries(Object.entries(said.settings).filter(([name]) => !LEEWAY.includes(name)));
    const offset = box.current?.querySelector<HTMLInputElement>(`[name=${OFFSET}]`)?.value.trim();
    if (offset) settings[OFFSET] = offset;
    if (box.current?.querySelector<HTMLInputElement>(`[name=${TOKENS}]`)?.checked) settings[TOKENS] = 'true';
    onSay({ ...said, settings });
  };
  return (
    <fieldset ref={box}>
      <legend>Trained on this set joined with others?</legend>
      <div class="fields">
        {asked.includes(OFFSET) && (
          <label title="The row of the puzzle embedding at which this set begins; rows before and behind are not used">
            <span>Identifier offset</span>
            <input name={OFFSET} type="number" min={0} defaultValue={said.settings[OFFSET] ?? ''} />
          </label>
        )}
        {asked.includes(TOKENS) && (
          <label class="check" title="It may know more tokens than the puzzles have; an answer with any of these is wrong">
            <input name={TOKENS} type="checkbox" defaultChecked={said.settings[TOKENS] === 'true'} /> <span>Allow a larger vocabulary</span>
          </label>
        )}
        <button type="button" onClick={say}>
          Compare again
        </button>
      </div>
    </fieldset>
  );
}
