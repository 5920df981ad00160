import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { evaluation } from '../testing/samples';
import { Downloads } from './Downloads';

afterEach(cleanup);
const offered = () => screen.queryAllByRole('link').map((link) => link.getAttribute('href'));

it('an evaluation on an ARC set leaves a submission, its predictions and a table of its tasks', () => {
  render(<Downloads evaluation={evaluation({ id: 'e1', state: 'finished', puzzleSetKind: 'arc' })} />);
  expect(offered()).toEqual(['submission.json', 'predictions.jsonl', 'tasks.csv'].map((name) => `/api/evaluations/e1/${name}`));
});

it('one on another set leaves its predictions in two forms', () => {
  render(<Downloads evaluation={evaluation({ id: 'e1', state: 'finished' })} />);
  expect(offered()).toEqual(['predictions.npy', 'predictions.jsonl', 'tasks.csv'].map((name) => `/api/evaluations/e1/${name}`));
});

it('one that ended early has nothing whole to take along', () => {
  render(<Downloads evaluation={evaluation({ state: 'cancelled', partial: true, scores: { exact_accuracy: 1 } })} />);
  expect(offered()).toEqual([]);
});

it('a score is shown elsewhere by one line, whatever the model is called', () => {
  render(<Downloads evaluation={evaluation({ id: 'e1', state: 'finished', model: 'mine [v2]' })} />);
  expect(screen.getByRole('img', { name: 'Badge of mine [v2]', hidden: true }).getAttribute('src')).toBe('/api/evaluations/e1/badge.svg');
  const origin = location.origin;
  expect(screen.getByLabelText('Command').textContent).toBe(
    `[![mine \\[v2\\]](${origin}/api/evaluations/e1/badge.svg)](${origin}/evaluations/e1)`,
  );
});
