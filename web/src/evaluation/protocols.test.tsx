import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Run, ScoresByStep } from '../api/types';
import { evaluation, protocol } from '../testing/samples';
import { gainOfAdaptation } from './adaptation';
import { Facts } from './Facts';
import { memoryOfTask } from './memory';
import { StepScores } from './StepScores';
import { curveOf, gained } from './stepCurve';
import { smoothed, Training } from './Training';
import { Variants } from './Variants';

const scored = (id: string, score: number, changes: Partial<Run> = {}) =>
  evaluation({
    id,
    state: 'finished',
    scores: { exact_accuracy: score },
    intervals: { exact_accuracy: { low: score - 0.1, high: score + 0.1 } },
    ...changes,
  });
const BLANK = protocol({
  key: '16-steps.bfloat16.blank-identifier',
  label: '16 steps · bfloat16 · blank identifier',
  blankIdentifier: true,
  whole: false,
});
const ADAPTED = protocol({
  key: '16-steps.bfloat16.adapted',
  label: '16 steps · bfloat16 · rows adapted: 96 steps',
  adaptation: {
    mode: 'rows',
    steps: 96,
    slots: 1,
    seed: 3,
    settings: {
      puzzle_emb_lr: 0.1,
      puzzle_emb_weight_decay: 0.1,
      lr_warmup_steps: 10,
      lr_min_ratio: 0.1,
      halt_exploration_prob: 0.1,
    },
  },
  whole: false,
});
const OWN = scored('e1', 0.4);

type Answers = Record<string, unknown>;
let asked: { path: string; body: unknown }[];
/** Answers by path; a Response is answered as it is. */
function answering(answers: Answers) {
  asked = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push({ path, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined });
    const answer = answers[`${init?.method ?? 'GET'} ${path}`];
    return answer instanceof Response ? answer : Response.json(answer);
  });
}

/** What a drawn page does afterwards comes with the next frame. */
const nextFrame = () => new Promise((resolve) => setTimeout(resolve, 100));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the score by improvement step', () => {
  const step = (number: number, score: number) => ({
    step: number,
    scores: { exact_accuracy: score, accuracy: 0.9 },
    interval: { low: score - 0.1, high: score + 0.1 },
  });
  const byStep: ScoresByStep = { metric: 'exact_accuracy', steps: [step(1, 0.2), step(2, 0.5), step(3, 0.4)], kept: true };

  it('names every point, and has the same as a table', async () => {
    render(<StepScores byStep={byStep} cursor={2} />);
    expect(document.querySelector('path.step-cursor')!.getAttribute('data-step')).toBe('2');
    const drawing = await screen.findByRole('group', { name: 'Solved after each improvement step, 3 points' });
    const points = within(drawing).getAllByRole('img');
    expect(points.map((point) => point.getAttribute('aria-label'))).toEqual([
      'Step 1: Solved 20.00% (10.0–30.0%)',
      'Step 2: Solved 50.00% (40.0–60.0%)',
      'Step 3: Solved 40.00% (30.0–50.0%)',
    ]);
    expect(points.every((point) => point.getAttribute('tabindex') === '0')).toBe(true);
    expect(screen.getByText('After the first step 20.00% would have been right, after step 3 it is 40.00%.')).toBeTruthy();
    act(() => void fireEvent.focus(points[1]!));
    expect(screen.getByText('Step 2: Solved 50.00% (40.0–60.0%)')).toBeTruthy();
    const cells = [...document.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
    expect(cells[1]).toEqual(['2', '50.00%', '90.00%', '40.0–60.0%']);
  });

  it('is drawn with the later to the right, the better above, and its interval around it', () => {
    const {
      points: [one, two, three],
      band,
    } = curveOf(byStep, 400, 200);
    expect(one!.x).toBeLessThan(two!.x);
    expect(two!.y).toBeLessThan(three!.y);
    expect(three!.y).toBeLessThan(one!.y);
    // Out along the upper ends, back along the lower.
    const heights = band
      .slice(1, -1)
      .split('L')
      .map((at) => Number(at.split(' ')[1]));
    expect(heights).toHaveLength(6);
    expect(heights[0]).toBeLessThan(one!.y);
    expect(heights[5]).toBeGreaterThan(one!.y);
  });

  it('of a single step is a point that nothing was gained after', () => {
    const single = { ...byStep, steps: [step(1, 0.2)] };
    const { points } = curveOf(single, 400, 200);
    expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(points).toHaveLength(1);
    expect(gained(single)).toBeNull();
  });

  it('is absent where the steps were not followed', () => {
    const { container } = render(<StepScores byStep={{ ...byStep, steps: [], kept: false }} cursor={null} />);
    expect(container.textContent).toBe('');
  });
});

it('the facts name the protocol and what halting early saved', () => {
  const early = protocol({ label: '16 steps · bfloat16 · halts early', earlyHalting: true, whole: false });
  render(<Facts evaluation={scored('e1', 0.4, { protocol: early, meanSteps: 4 })} />);
  expect(screen.getByText('16 steps · bfloat16 · halts early')).toBeTruthy();
  expect(screen.getByText('preview or analysis')).toBeTruthy();
  expect(screen.getByText('4.00 of 16, saves 75.00%')).toBeTruthy();
  cleanup();
  render(<Facts evaluation={scored('e1', 0.4, { meanSteps: 16 })} />);
  expect(screen.getByText('16 steps · bfloat16')).toBeTruthy();
  expect(screen.queryByText('Mean steps')).toBeNull();
});

it('the facts name the file and the weights that somebody chose', () => {
  const chosen = { file: 'run/last.pt', weights: 'ema.shadow (EMA, 12 tensors)', hiddenSize: 'tensors' };
  render(<Facts evaluation={scored('e1', 0.4, { configurationSources: chosen })} />);
  expect(screen.getByText('Weights').nextElementSibling?.textContent).toBe('ema.shadow (EMA, 12 tensors)');
  expect(screen.getByText('In the archive').nextElementSibling?.textContent).toBe('run/last.pt');
  cleanup();
  render(<Facts evaluation={scored('e1', 0.4)} />);
  expect(screen.queryByText('Weights')).toBeNull();
  expect(screen.queryByText('In the archive')).toBeNull();
});

describe('other protocols of a checkpoint', () => {
  const variants = 'GET /api/evaluations/e1/variants';

  it('stand beside this one with the difference', async () => {
    const eight = protocol({ key: '8-steps.bfloat16', label: '8 steps · bfloat16', steps: 8 });
    answering({ [variants]: [evaluation({ id: 'e3', protocol: BLANK }), scored('e2', 0.375, { protocol: eight }), scored('e4', 0.4)] });
    render(<Variants evaluation={OWN} />);
    expect((await screen.findByRole('link', { name: '8 steps · bfloat16' })).getAttribute('href')).toBe('/evaluations/e2');
    const rows = [...document.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows[0]!.slice(1)).toEqual(['–', '–', '–', 'running']);
    expect(rows[1]!.slice(1)).toEqual(['37.50%', '27.5–47.5%', '−2.50 points', 'finished']);
    expect(rows[2]![0]).toContain('the same protocol, other settings');
    expect(rows[1]![0]).not.toContain('other settings');
  });

  it('are read anew while one of them is under way', async () => {
    answering({ [variants]: [evaluation({ id: 'e2', protocol: BLANK })] });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      render(<Variants evaluation={OWN} />);
      expect(await screen.findByText('running')).toBeTruthy();
      answering({ [variants]: [scored('e2', 0.1, { protocol: BLANK })] });
      await nextFrame();
      vi.advanceTimersByTime(5000);
      expect(await screen.findByText('finished')).toBeTruthy();
      const before = asked.length;
      await nextFrame();
      vi.advanceTimersByTime(20_000);
      await nextFrame();
      expect(asked).toHaveLength(before);
    } finally {
      vi.useRealTimers();
    }
  });

  it('say how much is memory of the task, seen from both sides', () => {
    const blank = scored('e2', 0.1, { protocol: BLANK });
    const words =
      'Without being told which task it sees, the network scores 10.00%; told, 40.00%. 75.00% of the score is memory of the task.';
    expect(memoryOfTask(OWN, [blank])).toBe(words);
    expect(memoryOfTask(blank, [OWN])).toBe(words);
    expect(memoryOfTask(OWN, [scored('e2', 0.4, { protocol: BLANK })])).toContain('None of the score is memory of the task.');
  });

  it('say nothing about memory where something else differs, too, or no score is known', () => {
    expect(memoryOfTask(OWN, [scored('e2', 0.1, { protocol: { ...BLANK, steps: 8 } })])).toBeNull();
    expect(memoryOfTask(OWN, [scored('e2', 0.1, { protocol: BLANK, hyperParameters: { L_cycles: 4 } })])).toBeNull();
    expect(memoryOfTask(OWN, [evaluation({ id: 'e2', protocol: BLANK })])).toBeNull();
  });

  it('are started by a form that leads to the new evaluation', async () => {
    answering({ [variants]: [], 'POST /api/evaluations': evaluation({ id: 'e9' }) });
    render(<Variants evaluation={OWN} />);
    expect(screen.queryByLabelText('Augmentations')).toBeNull();
    expect(screen.queryByLabelText('Blank identifier')).toBeNull();
    expect(screen.queryByLabelText(/Stop before the score/)).toBeNull();
    act(() => void fireEvent.input(screen.getByLabelText('Improvement steps'), { target: { value: '8' } }));
    act(() => void fireEvent.click(screen.getByLabelText('Halt early')));
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(location.pathname).toBe('/evaluations/e9'));
    expect(asked.at(-1)).toEqual({
      path: '/api/evaluations',
      body: {
        evaluation: 'e1',
        protocol: { steps: 8, dtype: 'bfloat16', augmentations: null, earlyHalting: true, blankIdentifier: false, adaptation: null },
      },
    });
  });

  it('of ARC may vote less and hide the task; a refusal is said with its remedy', async () => {
    const refusal = { status: 422, title: 'protocol: the checkpoint has no puzzle embedding', remedy: 'leave out blankIdentifier' };
    answering({ [variants]: [], 'POST /api/evaluations': Response.json(refusal, { status: 422 }) });
    render(<Variants evaluation={{ ...OWN, puzzleSetKind: 'arc' }} />);
    act(() => void fireEvent.input(screen.getByLabelText('Augmentations'), { target: { value: '0' } }));
    act(() => void fireEvent.click(screen.getByLabelText('Blank identifier')));
    fireEvent.submit(document.querySelector('form')!);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('the checkpoint has no puzzle embedding');
    expect(alert.textContent).toContain('leave out blankIdentifier');
    expect(asked.at(-1)!.body).toMatchObject({ protocol: { augmentations: 0, blankIdentifier: true, earlyHalting: false } });
  });

  it('of ARC may adapt rows, and begin with the recipe of this one', async () => {
    answering({ [variants]: [], 'POST /api/evaluations': evaluation({ id: 'e9' }) });
    const shown = render(<Variants evaluation={{ ...OWN, puzzleSetKind: 'arc' }} />);
    act(() => void fireEvent.input(screen.getByLabelText('Adapt, training steps'), { target: { value: '96' } }));
    act(() => void fireEvent.input(screen.getByLabelText('puzzle_emb_lr'), { target: { value: '0.05' } }));
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(location.pathname).toBe('/evaluations/e9'));
    const adaptation = { mode: 'rows', steps: 96, slots: null, seed: null, settings: { puzzle_emb_lr: 0.05 } };
    expect(asked.at(-1)!.body).toMatchObject({ protocol: { adaptation } });
    shown.unmount();
    render(<Variants evaluation={{ ...OWN, puzzleSetKind: 'arc', protocol: ADAPTED }} />);
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(asked.at(-1)!.body).toMatchObject({ protocol: { adaptation: ADAPTED.adaptation } }));
  });

  it('of ARC may adapt all weights, by settings of their own', async () => {
    answering({ [variants]: [], 'POST /api/evaluations': evaluation({ id: 'e9' }) });
    render(<Variants evaluation={{ ...OWN, puzzleSetKind: 'arc' }} />);
    act(() => void fireEvent.input(screen.getByLabelText('Adapt, training steps'), { target: { value: '240' } }));
    act(() => void fireEvent.change(screen.getByLabelText('What is trained'), { target: { value: 'all' } }));
    act(() => void fireEvent.input(screen.getByLabelText('ema_rate'), { target: { value: '0' } }));
    fireEvent.submit(document.querySelector('form')!);
    const adaptation = { mode: 'all', steps: 240, slots: null, seed: null, settings: { ema_rate: 0 } };
    await waitFor(() => expect(asked.at(-1)!.body).toMatchObject({ protocol: { adaptation } }));
  });

  it('show how far all weights are adapted, and what became of the loss', () => {
    const curve = [
      { step: 1, lmLoss: 3.03 },
      { step: 340, lmLoss: 0.41 },
    ];
    const training = { step: 340, steps: 2000, lmLoss: 0.41, curve, checkpoint: null };
    const jumps = Array.from({ length: 40 }, (_, at) => ({ step: at + 1, lmLoss: at % 2 }));
    expect(smoothed(jumps).map(({ lmLoss }) => lmLoss)[20]).toBeCloseTo(0.4);
    expect(smoothed(jumps)[0]).toEqual({ step: 1, lmLoss: 1 / 3 });
    expect(smoothed(jumps).at(-1)).toEqual({ step: 40, lmLoss: 2 / 3 });
    const shown = render(<Training training={training} over={false} />);
    expect(screen.getByText('adapting, step 340 of 2,000, loss 0.41')).toBeTruthy();
    expect(
      screen.getByRole('img', { name: 'lm_loss by training step, thick its running mean: 3.03 in the first tenth, 0.41 in the last' }),
    ).toBeTruthy();
    shown.rerender(<Training training={training} over />);
    expect(screen.getByText('adapted, step 340 of 2,000, loss 0.41')).toBeTruthy();
    shown.rerender(<Training training={{ ...training, step: 0, lmLoss: null, curve: [] }} over={false} />);
    expect(screen.getByText('adapting, step 0 of 2,000')).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
    shown.rerender(<Training training={{ ...training, step: 2000, checkpoint: 'ab'.repeat(32) }} over />);
    expect(screen.getByText('all weights were adapted, step 2,000 of 2,000, loss 0.41')).toBeTruthy();
  });

  it('say what adaptation bought, from before to after, whichever is looked at', () => {
    const mean = scored('e2', 0.05, {
      protocol: protocol({ key: 'mean', adaptation: { ...ADAPTED.adaptation!, steps: 0 }, whole: false }),
    });
    const blank = scored('e3', 0.02, { protocol: BLANK });
    const adapted = scored('e4', 0.4, { protocol: ADAPTED });
    const words =
      'Before its rows were adapted, with every row at the mean, the network scores 5.00%; after 96 training steps of each row, 40.00% (+35.00 points).';
    expect(gainOfAdaptation(adapted, [blank, mean])).toEqual([words]);
    expect(gainOfAdaptation(mean, [adapted])).toEqual([words]);
    expect(gainOfAdaptation(adapted, [blank])[0]).toContain('with the blank identifier, the network scores 2.00%');
    expect(gainOfAdaptation(adapted, [scored('e5', 0.1, { protocol: { ...BLANK, steps: 8 } })])).toEqual([]);
    expect(gainOfAdaptation(blank, [mean])).toEqual([]);
    expect(memoryOfTask(adapted, [blank])).toBeNull();
  });

  it('of ARC may be judged by the canary first, in a run of its own', async () => {
    answering({ [variants]: [], 'POST /api/evaluations': evaluation({ id: 'e9' }) });
    render(<Variants evaluation={{ ...OWN, puzzleSetKind: 'arc' }} />);
    act(() => void fireEvent.click(screen.getByLabelText(/Stop before the score/)));
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(location.pathname).toBe('/evaluations/e9'));
    expect(asked.at(-1)!.body).toMatchObject({ evaluation: 'e1', stopIfSuspect: true, again: true, requestId: expect.any(String) });
  });

  it('that are this one are not gone to', async () => {
    answering({ [variants]: [], 'POST /api/evaluations': OWN });
    render(<Variants evaluation={OWN} />);
    fireEvent.submit(document.querySelector('form')!);
    expect(await screen.findByText('This evaluation already used that protocol: change a setting.')).toBeTruthy();
  });
});
