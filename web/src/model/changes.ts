import type { ModelCheckpoint } from '../api/types';

/** One value of a configuration that is another one; null where there was or is none. */
export interface Change {
  readonly name: string;
  readonly before: string | null;
  readonly now: string | null;
}

/** What the configuration of a checkpoint has otherwise than another one's, by name; the architecture first. */
export function changes(before: ModelCheckpoint, now: ModelCheckpoint): readonly Change[] {
  const names = new Set([...Object.keys(before.hyperParameters), ...Object.keys(now.hyperParameters)]);
  const values = [...names]
    .sort()
    .map((name) => ({ name, before: text(before.hyperParameters[name]), now: text(now.hyperParameters[name]) }));
  return [{ name: 'architecture', before: before.architecture, now: now.architecture }, ...values].filter(
    (each) => each.before !== each.now,
  );
}

function text(value: string | number | boolean | undefined): string | null {
  return value === undefined ? null : String(value);
}

/** The checkpoint that brought the same weights before; undefined when none of these did. @param earlier newest first */
export function firstWithWeights(of: ModelCheckpoint, earlier: readonly ModelCheckpoint[]): ModelCheckpoint | undefined {
  return earlier.findLast((each) => each.checkpoint === of.checkpoint);
}
