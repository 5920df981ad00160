import { cleanup, render } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { Evaluation, Run } from '../api/types';
import { evaluation } from '../testing/samples';
import { Canary } from './Canary';

const ANSWERED: NonNullable<Evaluation['canary']> = {
  none: null,
  examples: 64,
  exact: 62,
  verdict: 'fits',
  suspect: false,
  evidence: null,
  remedy: null,
  stopsIfSuspect: false,
  runs: [],
};

afterEach(cleanup);

function text(canary: Evaluation['canary'], changes: Partial<Run> = {}): string {
  render(<Canary evaluation={evaluation({ canary, ...changes })} />);
  return document.body.textContent ?? '';
}

describe('a canary', () => {
  it('says how many were solved, and nothing more where all is well', () => {
    const shown = text(ANSWERED);
    expect(shown).toContain('Canary 62 of 64');
    expect(shown).toContain('no part of the score');
    expect(document.querySelector('.notice')).toBeNull();
  });

  it('says what is suspect, why, and what to change', () => {
    const shown = text({
      ...ANSWERED,
      exact: 31,
      verdict: 'cycles',
      suspect: true,
      evidence: 'with L_cycles=2 it is 37',
      remedy: './arena submit CHECKPOINT --set L_cycles=2',
      runs: [{ dtype: 'float32', hCycles: 1, lCycles: 2, exact: 37 }],
    });
    for (const part of ['Canary 31 of 64', 'Suspect: it was trained with other cycles', 'it is 37', '--set L_cycles=2', 'L_cycles 2: 37'])
      expect(shown).toContain(part);
    expect(document.querySelector('.notice-warning')).not.toBeNull();
  });

  it('warns of nothing where no cause was found', () => {
    expect(text({ ...ANSWERED, exact: 23, verdict: 'low', evidence: 'an early checkpoint' })).toContain('no cause was found');
    expect(document.querySelector('.notice-warning')).toBeNull();
  });

  it('says that it is under way, that nobody answered, and why there is none', () => {
    expect(text({ ...ANSWERED, exact: null, verdict: null })).toContain('Canary of 64, under way');
    cleanup();
    expect(text({ ...ANSWERED, exact: null, verdict: null }, { state: 'cancelled' })).toContain('not answered before it ended');
    cleanup();
    expect(text({ ...ANSWERED, examples: 0, exact: null, verdict: null, none: 'the set has no demonstrations' })).toContain(
      'No canary: the set has no demonstrations',
    );
    cleanup();
    expect(text(null)).toBe('');
  });
});
