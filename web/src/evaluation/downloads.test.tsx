import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { ANSWERS, evaluation } from '../testing/samples';
import { Downloads } from './Downloads';

afterEach(cleanup);
const offered = () => screen.queryAllByRole('link').map((link) => link.getAttribute('href'));

it('an evaluation on an ARC set leaves a submission, its predictions and a table of its tasks', () => {
  render(<Downloads evaluation={evaluation({ id: 'e1', state: 'finished', puzzleSetKind: 'arc', scores: { 'pass@2': 0.5 } })} />);
  expect(offered()).toEqual([
    ...['submission.json', 'predictions.jsonl', 'tasks.csv', 'every-eval-ever.json'].map((name) => `/api/evaluations/e1/${name}`),
    `/api/evaluations/e1/model-index.yaml?source=${encodeURIComponent(`${location.origin}/evaluations/e1`)}`,
  ]);
});

it('one on another set leaves its predictions in two forms, and no report where there is no score', () => {
  render(<Downloads evaluation={evaluation({ id: 'e1', state: 'finished', scores: {} })} />);
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

it('answers of another system leave no predictions of examples', () => {
  render(<Downloads evaluation={{ ...evaluation({ id: 'e1', state: 'finished', puzzleSetKind: 'arc' }), answers: ANSWERS }} />);
  expect(offered()).toEqual(['submission.json', 'tasks.csv'].map((name) => `/api/evaluations/e1/${name}`));
});
