import { useId } from 'preact/hooks';
import { type EvaluationRequest, type Inspection, RULES } from '../api/types';
import { leewayOf } from './Leeway';
import { choice, FILE, networkName, WEIGHTS } from './networks';

/** What someone says about a checkpoint beside its configuration. */
export interface Said {
  readonly preset: string | null;
  readonly settings: Readonly<Record<string, string>> & NonNullable<EvaluationRequest['hyperParameters']>;
}

export const SAID_NOTHING: Said = { preset: null, settings: {} };

interface FormProps {
  /** Settings to ask for, by the names of the trainer's configuration. */
  readonly asked: readonly string[];
  readonly presets: readonly string[];
  /** Whose these are, and what they reach. */
  readonly recipes: Inspection['recipes'];
  /** Of a file that has several: one of them is to be chosen. */
  readonly networks: Inspection['networks'];
  /** Of an archive that has several checkpoints: one of them is to be chosen. */
  readonly files: Inspection['files'];
  readonly said: Said;
  readonly onSay: (said: Said) => void;
}

/** What a setting is, by the names of the trainer's configuration: why no tensor tells it, and where it stands. */
const MEANING: Readonly<Record<string, string>> = {
  H_cycles: 'how often the slow state is computed anew within an improvement step',
  L_cycles: 'how often the fast state is computed anew within each of these',
  H_layers: 'layers of the slow module',
  L_layers: 'layers of the fast module',
  num_heads: 'heads of attention: its weights have the same shape for any number',
  expansion: 'how much wider than the hidden state the inner layer of the feed-forward part was asked to be',
  pos_encodings: 'how the network knows the place of a cell',
  halt_max_steps: 'improvement steps after which training stopped an example; a run takes as many',
  halt_exploration_prob: 'how often training went on by chance instead of halting',
  puzzle_emb_ndim: 'numbers of a row of the puzzle embedding',
  puzzle_emb_len: 'places before the grid that the puzzle embedding takes',
  forward_dtype: 'the number format in which the network was trained',
  mlp_t: 'whether cells are mixed by a feed-forward layer instead of attention',
  no_ACT_continue: 'whether training halted without the second forward pass',
  rms_norm_eps: 'the small number that normalisation adds',
  rope_theta: 'the base of rotary places',
};

/** What a setting may be, where there are only a few values. */
function hint(setting: string): string {
  const values = Object.entries(RULES.settings).find(([name]) => name === setting)?.[1];
  return values === undefined ? 'a number' : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** With whose it is, the cycles that no tensor tells, and what its authors publish. */
function presetName(name: string, recipes: Inspection['recipes']): string {
  const recipe = recipes.find((one) => one.name === name);
  if (recipe === undefined) return name;
  const cycles = ['H_cycles', 'L_cycles', 'halt_max_steps'].filter((key) => recipe.settings[key] !== undefined);
  const said = cycles.map((key) => `${key} ${String(recipe.settings[key])}`);
  return `${name}: ${[...said, recipe.reaches].join(', ')} (${recipe.repository} at ${recipe.commit})`;
}

/** Asks for what the tensors do not tell. */
export function SettingsForm({ asked, presets, recipes, networks, files, said, onSay }: FormProps) {
  const chosen = [...(networks.length > 0 ? [WEIGHTS] : []), ...(files.length > 0 ? [FILE] : [])];
  const typed = asked.filter((name) => !chosen.includes(name));
  const id = useId();
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const now = read(new FormData(event.currentTarget as HTMLFormElement), [...typed, ...chosen]);
    onSay({ ...now, settings: { ...leewayOf(said.settings), ...now.settings } });
  };
  return (
    <form class="fields" onSubmit={onSubmit} aria-labelledby={id}>
      <p id={id} class="fields-title">
        {typed.length > 0
          ? 'Give the all_config.yaml above, or name a preset, or fill in what is missing.'
          : chosen.length > 0
            ? 'Choose what is meant, and a preset if you like.'
            : 'Another preset'}
      </p>
      <label>
        <span>Preset, a published recipe</span>
        <select name="preset">
          <option value="">none</option>
          {presets.map((preset) => (
            <option key={preset} value={preset} selected={preset === said.preset}>
              {presetName(preset, recipes)}
            </option>
          ))}
        </select>
      </label>
      {networks.length > 0 && (
        <label>
          <span>Network of the file</span>
          <select name={`setting.${WEIGHTS}`}>
            <option value="">choose one</option>
            {networks.map((network) => (
              <option key={network.keys} value={choice(network)} selected={choice(network) === said.settings[WEIGHTS]}>
                {networkName(network)}
              </option>
            ))}
          </select>
        </label>
      )}
      {files.length > 0 && (
        <label>
          <span>Checkpoint of the archive</span>
          <select name={`setting.${FILE}`}>
            <option value="">choose one</option>
            {files.map((file) => (
              <option key={file} value={file} selected={file === said.settings[FILE]}>
                {file}
              </option>
            ))}
          </select>
        </label>
      )}
      {typed.map((name) => (
        <div class="setting" key={name}>
          <label>
            <code>{name}</code>
            <input
              name={`setting.${name}`}
              defaultValue={said.settings[name] ?? ''}
              placeholder={hint(name)}
              autocomplete="off"
              spellcheck={false}
              aria-describedby={`${id}-${name}`}
            />
          </label>
          <span class="sub-inline" id={`${id}-${name}`}>
            {MEANING[name] ?? 'a setting of the trainer’s configuration; all_config.yaml has it'}
          </span>
        </div>
      ))}
      <button type="submit">Inspect with these</button>
    </form>
  );
}

/** What the form says; fields that were left empty say nothing. */
export function read(form: FormData, asked: readonly string[]): Said {
  const settings: Record<string, string> = {};
  for (const name of asked) {
    const value = String(form.get(`setting.${name}`) ?? '').trim();
    if (value !== '') settings[name] = value;
  }
  return { preset: String(form.get('preset') ?? '') || null, settings };
}
