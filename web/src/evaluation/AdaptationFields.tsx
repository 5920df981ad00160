import { type Protocol, type RequestedProtocol, RULES } from '../api/types';
import { numberIn } from './numberIn';

type Adaptation = Protocol['adaptation'];

/** Settings by the names of the authors' trainer, with what they are unless somebody says otherwise. */
const OF_ROWS = [
  { name: 'puzzle_emb_lr', usual: 0.1 },
  { name: 'puzzle_emb_weight_decay', usual: 0.1 },
  { name: 'lr_warmup_steps', usual: 10 },
  { name: 'lr_min_ratio', usual: 0.1 },
  { name: 'halt_exploration_prob', usual: 0.1 },
];

/** Those of the weights, where these are trained, too. */
const OF_WEIGHTS = [
  { name: 'lr', usual: 0.0003 },
  { name: 'weight_decay', usual: 0.1 },
  { name: 'beta1', usual: 0.9 },
  { name: 'beta2', usual: 0.95 },
  { name: 'ema_rate', usual: 0.98 },
];

/** The part of the form that says how a checkpoint is trained on the demonstrations first; read by {@link requestedAdaptation}. */
export function AdaptationFields({ adaptation }: { readonly adaptation: Adaptation }) {
  return (
    <>
      <label title="For tasks that the checkpoint has never seen: it is trained on their demonstrations first. 0 leaves the rows of its puzzle embedding at their mean, the score before.">
        <span>Adapt, training steps</span>
        <input
          name="adaptSteps"
          type="number"
          min={RULES.adaptSteps.least}
          max={RULES.adaptSteps.most}
          placeholder="not adapted"
          defaultValue={String(adaptation?.steps ?? '')}
        />
      </label>
      <details class="adaptation">
        <summary>How it is adapted</summary>
        <div class="fields">
          <label title="Each row for itself with the network frozen, or all weights together in a stage of their own">
            <span>What is trained</span>
            <select name="adaptMode">
              <option value="rows" selected={adaptation?.mode !== 'all'}>
                rows of the puzzle embedding
              </option>
              <option value="all" selected={adaptation?.mode === 'all'}>
                all weights
              </option>
            </select>
          </label>
          <label title="Demonstrations of one training step: 1 of rows, 8 of all weights, unless said">
            <span>Slots</span>
            <input
              name="adaptSlots"
              type="number"
              min={RULES.adaptSlots.least}
              max={RULES.adaptSlots.most}
              placeholder="1 or 8"
              defaultValue={String(adaptation?.slots ?? '')}
            />
          </label>
          <label title="Decides places, order and exploration">
            <span>Seed</span>
            <input name="adaptSeed" type="number" min={0} placeholder="0" defaultValue={String(adaptation?.seed ?? '')} />
          </label>
          {[...OF_ROWS, ...OF_WEIGHTS].map(({ name, usual }) => (
            <label key={name} title={OF_WEIGHTS.some((of) => of.name === name) ? 'Where all weights are trained' : undefined}>
              <span>
                <code>{name}</code>
              </span>
              <input
                name={name}
                type="number"
                min={0}
                step="any"
                placeholder={String(usual)}
                defaultValue={String(adaptation?.settings[name] ?? '')}
              />
            </label>
          ))}
        </div>
      </details>
    </>
  );
}

/** Null where the rows of the checkpoint are to answer as they are. */
export function requestedAdaptation(form: FormData): NonNullable<RequestedProtocol['adaptation']> | null {
  const steps = numberIn(form, 'adaptSteps');
  if (steps === null) return null;
  const mode = form.get('adaptMode') === 'all' ? 'all' : 'rows';
  const known = mode === 'all' ? [...OF_ROWS, ...OF_WEIGHTS] : OF_ROWS;
  const settings = known.map(({ name }) => [name, numberIn(form, name)] as const).filter(([, value]) => value !== null);
  return {
    mode,
    steps,
    slots: numberIn(form, 'adaptSlots'),
    seed: numberIn(form, 'adaptSeed'),
    settings: Object.fromEntries(settings) as Record<string, number>,
  };
}
