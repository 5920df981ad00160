/** What is looked at of a test output; each from 1, null as at first. */
export interface Look {
  /** The improvement step that its step replay shows the answer after. */
  readonly step: number | null;
  readonly candidate: number | null;
}

/** One for each test output, in their order; those behind the last are as at first. Stands in the address, so that a link shows the same. */
export type Looks = readonly Look[];

const AT_FIRST: Look = { step: null, candidate: null };
/** An address with more is nobody's. */
const MOST = 20;

export function lookAt(looks: Looks, output: number): Look {
  return looks[output] ?? AT_FIRST;
}

export function withLook(looks: Looks, output: number, change: Partial<Look>): Looks {
  const outputs = Math.max(looks.length, output + 1);
  return Array.from({ length: outputs }, (_, i) => ({ ...lookAt(looks, i), ...(i === output && change) }));
}

/** What it does not understand is as at first. */
export function readLooks(query: URLSearchParams): Looks {
  const [steps, candidates] = [numbers(query.get('step')), numbers(query.get('candidate'))];
  const outputs = Math.max(steps.length, candidates.length);
  return Array.from({ length: outputs }, (_, i) => ({ step: steps[i] ?? null, candidate: candidates[i] ?? null }));
}

/** A number each test output, and nothing where it is as at first: step=7, and of a second output step=,7. */
export function writeLooks(query: URLSearchParams, looks: Looks): void {
  for (const name of ['step', 'candidate'] as const) {
    const text = looks
      .map((look) => look[name] ?? '')
      .join()
      .replace(/,+$/, '');
    if (text !== '') query.set(name, text);
  }
}

function numbers(text: string | null): readonly (number | null)[] {
  if (text === null) return [];
  return text
    .split(',')
    .slice(0, MOST)
    .map((part) => (/^[1-9]\d{0,5}$/.test(part) ? Number(part) : null));
}
