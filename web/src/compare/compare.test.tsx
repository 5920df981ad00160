import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Comparison } from '../api/types';
import { parseRoute, to } from '../shell/routes';
import { evaluation, protocol } from '../testing/samples';
import { forgetAnswers } from '../api/resource';
import { ComparePage } from './ComparePage';

const comparison: Comparison = {
  first: evaluation({ id: 'a', model: 'trm-att', state: 'finished', scores: { exact_accuracy: 0.75 } }),
  second: evaluation({ id: 'b', model: 'trm-mlp', state: 'finished', scores: { exact_accuracy: 0.5 } }),
  both: 40,
  neither: 20,
  onlyFirst: [{ index: 3, name: '#4' }],
  onlySecond: [],
  pValue: 0.03125,
  significant: true,
};

describe('two evaluations side by side', () => {
  const answering = (answer: Comparison) => vi.stubGlobal('fetch', async () => Response.json(answer));
  beforeEach(() => {
    forgetAnswers();
    answering(comparison);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('says whether they differ and links every task that does, in both', async () => {
    render(<ComparePage first="a" second="b" />);
    expect(await screen.findByText(/They differ significantly/)).toHaveProperty('textContent', expect.stringContaining('p = 0.0313'));
    expect(screen.getByText('first’s answer').getAttribute('href')).toBe('/evaluations/a/tasks/3');
    expect(screen.getByText('second’s answer').getAttribute('href')).toBe('/evaluations/b/tasks/3');
    expect(screen.queryByText('Solved by the second alone')).toBeNull();
  });

  it('warns when they were run by different protocols, and only then', async () => {
    const eight = protocol({ key: '8-steps.bfloat16', label: '8 steps · bfloat16', steps: 8 });
    const { unmount } = render(<ComparePage first="a" second="b" />);
    await screen.findByText(/They differ significantly/);
    expect(screen.queryByText('They were run by different protocols')).toBeNull();
    unmount();
    answering({ ...comparison, second: { ...comparison.second, protocol: eight } });
    render(<ComparePage first="a" second="c" />);
    expect(await screen.findByText('They were run by different protocols')).toBeTruthy();
    expect(screen.getByText(/the second by 8 steps · bfloat16:/)).toBeTruthy();
  });

  it('has an address of its own', () => {
    expect(parseRoute(to.compare('a', 'b'), '')).toEqual({ page: 'compare', first: 'a', second: 'b' });
  });
});
