import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StepReplay as Recorded } from '../api/types';
import { decode } from '../grid/cells';
import { encoded } from '../testing/samples';
import { StepReplay } from './StepReplay';

const EXPECTED = decode(
  encoded([
    [2, 3],
    [3, 2],
  ]),
);
const INPUT = decode(
  encoded([
    [2, 1],
    [1, 2],
  ]),
);
const REPLAY: Recorded = {
  example: 7,
  request: null,
  frames: [
    {
      step: 1,
      grid: encoded([
        [2, 2],
        [2, 2],
      ]),
      qHalt: -Math.log(3),
      correct: false,
      wrongCells: 2,
    },
    {
      step: 2,
      grid: encoded([
        [2, 3],
        [2, 2],
      ]),
      qHalt: 0,
      correct: false,
      wrongCells: 1,
    },
    {
      step: 3,
      grid: encoded([
        [2, 3],
        [3, 2],
      ]),
      qHalt: Math.log(3),
      correct: true,
      wrongCells: 0,
    },
  ],
};

let asked: string[];
const answering = (answer: () => Response) => {
  asked = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return answer();
  });
};
const preferring = (reduced: boolean) =>
  vi.stubGlobal('matchMedia', () => ({ matches: reduced, addEventListener: () => undefined, removeEventListener: () => undefined }));
function Looked({ hidden = false, at = null }: { readonly hidden?: boolean; readonly at?: number | null }) {
  const [step, setStep] = useState<number | null>(at);
  const expected = hidden ? undefined : EXPECTED;
  return <StepReplay evaluation="e1" task={4} output={1} kind="sudoku" expected={expected} input={INPUT} step={step} onStep={setStep} />;
}
const open = () => render(<Looked />);
const slider = () => screen.getByRole('slider', { name: 'Improvement step' });
const shownWrong = () => document.querySelector('.step-replay [data-wrong]')!.getAttribute('data-wrong');
const marked = () => document.querySelectorAll('.step-replay .s-corner').length;

beforeEach(() => {
  answering(() => Response.json(REPLAY));
  preferring(false);
});
/** Every button but the (?) that explains a word. */
const BUT_THE_WORDS = /^(?!What is: )/;

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the step replay', () => {
  it('shows the grid after the step of the slider, what is wrong in it, and the halt probability', async () => {
    open();
    await screen.findByRole('img', { name: /^After step 1, 2 rows, 2 columns, 2 cells wrong/ });
    expect(asked).toEqual(['/api/evaluations/e1/tasks/4/replay?output=1']);
    expect(marked()).toBe(2);
    expect(slider().getAttribute('aria-valuetext')).toBe('Step 1 of 3, 2 cells wrong, halt probability 25.00%');
    act(() => void fireEvent.input(slider(), { target: { value: '2' } }));
    expect(screen.getByRole('img', { name: /^After step 3, 2 rows, 2 columns, all right/ })).toBeTruthy();
    expect(marked()).toBe(0);
    expect(slider().getAttribute('aria-valuetext')).toBe('Step 3 of 3, all right, halt probability 75.00%');
  });

  it('plays to its end, again from its start, and pauses', async () => {
    open();
    await screen.findByRole('slider');
    vi.useFakeTimers();
    act(() => void fireEvent.click(screen.getByRole('button', { name: 'Play' })));
    act(() => void vi.advanceTimersByTime(600));
    expect(shownWrong()).toBe('1');
    act(() => void fireEvent.click(screen.getByRole('button', { name: 'Pause' })));
    act(() => void vi.advanceTimersByTime(5000));
    expect(shownWrong()).toBe('1');
    act(() => void fireEvent.click(screen.getByRole('button', { name: 'Play' })));
    act(() => void vi.advanceTimersByTime(5000));
    expect(shownWrong()).toBe('0');
    act(() => void fireEvent.click(screen.getByRole('button', { name: 'Play' })));
    expect(shownWrong()).toBe('2');
  });

  it('stops where the slider is taken to', async () => {
    open();
    await screen.findByRole('slider');
    vi.useFakeTimers();
    act(() => void fireEvent.click(screen.getByRole('button', { name: 'Play' })));
    act(() => void fireEvent.input(slider(), { target: { value: '0' } }));
    act(() => void vi.advanceTimersByTime(5000));
    expect(shownWrong()).toBe('2');
  });

  it('begins at the step that was asked for, and at the last where the example had halted by then', async () => {
    const { rerender } = render(<Looked key="two" at={2} />);
    await screen.findByRole('slider');
    expect(shownWrong()).toBe('1');
    rerender(<Looked key="late" at={9} />);
    await waitFor(() => expect(shownWrong()).toBe('0'));
  });

  it('does not play for those who want no motion', async () => {
    preferring(true);
    open();
    await screen.findByRole('slider');
    expect(screen.queryByRole('button', { name: BUT_THE_WORDS })).toBeNull();
  });

  it('says nothing of right and wrong where the solution is hidden', async () => {
    answering(() => Response.json({ ...REPLAY, frames: REPLAY.frames.map((frame) => ({ ...frame, correct: null, wrongCells: null })) }));
    render(<Looked hidden />);
    await screen.findByRole('slider');
    expect(slider().getAttribute('aria-valuetext')).toBe('Step 1 of 3, halt probability 25.00%');
    expect(marked()).toBe(0);
  });

  it('is absent, without a word, where no steps were kept', async () => {
    answering(() => Response.json({ status: 404, title: 'the steps on task 4 were not kept' }, { status: 404 }));
    const { container } = open();
    await waitFor(() => expect(asked).toHaveLength(1));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(container.textContent).toBe('');
  });

  it('is computed on demand where no steps were kept, and comes by itself', async () => {
    const answers: Recorded[] = [
      { example: null, request: null, frames: [] },
      { example: null, request: { failure: null }, frames: [] },
      REPLAY,
    ];
    const sent: string[] = [];
    vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
      sent.push(`${init?.method ?? 'GET'} ${path}`);
      if (init?.method === 'POST') {
        answers.shift();
        return new Response(null, { status: 202 });
      }
      return Response.json(answers[0]);
    });
    open();
    const button = await screen.findByRole('button', { name: 'Compute the step replay' });
    vi.useFakeTimers({ shouldAdvanceTime: true });
    fireEvent.click(button);
    expect((await screen.findByRole('status')).textContent).toContain('A solver runs this task once more');
    expect(screen.queryByRole('button', { name: BUT_THE_WORDS })).toBeNull();
    await waitFor(() => expect(sent.filter((each) => each.startsWith('GET')).length).toBeGreaterThanOrEqual(2));
    answers.shift();
    await act(async () => void (await vi.advanceTimersByTimeAsync(2000)));
    expect(await screen.findByRole('slider', { name: 'Improvement step' })).toBeTruthy();
    expect(sent).toContain('POST /api/evaluations/e1/tasks/4/replay?output=1');
  });

  it('says why there is none, and lets try again', async () => {
    answering(() => Response.json({ example: null, request: { failure: 'the store is away' }, frames: [] }));
    open();
    expect((await screen.findByRole('status')).textContent).toBe('There is no step replay: the store is away.');
    answering(() => Response.json({ status: 429, title: 'Refused', problem: '100 step replays are waited for' }, { status: 429 }));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/100 step replays are waited for/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
