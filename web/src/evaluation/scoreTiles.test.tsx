import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { evaluation } from '../testing/samples';
import { PartialScores, ScoreTiles } from './ScoreTiles';

afterEach(cleanup);

function tile(metric: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-metric="${metric}"]`)!;
}

describe('an evaluation that ended early', () => {
  const early = evaluation({
    state: 'cancelled',
    partial: true,
    puzzleSetKind: 'arc',
    mainMetric: 'pass@2',
    exampleCount: 36,
    examplesDone: 12,
    answered: { tasks: 1, of: 4, atLeast: { 'pass@2': 0.25, accuracy: 0.3 } },
    scores: { 'pass@2': 1, accuracy: 0.9 },
    intervals: { 'pass@2': { low: 1, high: 1 } },
  });

  it('says of how many tasks its scores are, and what they are of all at least', () => {
    render(<PartialScores evaluation={early} />);
    expect(document.body.textContent).toContain('Partial: 1 of 4 tasks answered: 100.00% of these, at least 25.00% of all. Never ranked.');
    expect(tile('pass@2').textContent).toContain('≥ 25.00% of all');
    expect(tile('pass@2').textContent).toContain('over the 1 task answered, and so is its interval');
    expect(tile('accuracy').textContent).toContain('≥ 30.00% of all');
    expect(document.body.textContent).toContain('as trainers log it: over 12 of 36 examples');
  });

  it('says so of no task, too', () => {
    const none = {
      ...early,
      answered: { tasks: 0, of: 4, atLeast: { 'pass@2': 0, accuracy: 0.1 } },
      scores: { accuracy: 0.9 },
      intervals: {},
    };
    render(<PartialScores evaluation={none} />);
    expect(document.body.textContent).toContain('Partial: 0 of 4 tasks answered. Never ranked.');
    expect(tile('pass@2')).toBeNull();
  });

  it('of Sudokus counts puzzles', () => {
    const scores = { exact_accuracy: 0.5, valid_solution: 0.6 };
    const answered = { tasks: 50, of: 100, atLeast: { exact_accuracy: 0.25, valid_solution: 0.3 } };
    render(<PartialScores evaluation={evaluation({ state: 'failed', partial: true, scores, answered })} />);
    expect(document.body.textContent).toContain('50 of 100 tasks answered: 50.00% of these, at least 25.00% of all');
    expect(within(tile('valid_solution')).getByText('≥ 30.00% of all')).toBeTruthy();
  });
});

describe('scores of single examples', () => {
  it('stand apart where others are about tasks, with the steps that were taken', () => {
    const scores = { 'pass@2': 0.5, strict: 0.4, accuracy: 0.9, exact_accuracy: 0.2, q_halt_accuracy: 0.7 };
    const arc = evaluation({ state: 'finished', puzzleSetKind: 'arc', mainMetric: 'pass@2', scores, meanSteps: 4, exampleCount: 126 });
    render(<ScoreTiles evaluation={arc} />);
    expect(
      screen.getByText('Each example by itself, before it votes, as trainers log it: over 126 examples, in 4.00 steps in the mean'),
    ).toBeTruthy();
    expect(tile('exact_accuracy').textContent).toContain('Examples solved');
    const [ofTasks, ofExamples] = [tile('strict').parentElement, tile('accuracy').parentElement];
    expect(ofTasks).not.toBe(ofExamples);
    expect(ofExamples).toBe(tile('q_halt_accuracy').parentElement);
  });

  it('are the scores of a Sudoku', () => {
    const scores = { accuracy: 0.9, exact_accuracy: 0.2, q_halt_accuracy: 0.7 };
    render(<ScoreTiles evaluation={evaluation({ state: 'finished', scores })} />);
    expect(tile('exact_accuracy').textContent).toContain('Solved');
    expect(tile('accuracy').parentElement).toBe(tile('exact_accuracy').parentElement);
    expect(document.body.textContent).not.toContain('as trainers log it');
  });
});
