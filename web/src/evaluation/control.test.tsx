import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Evaluation, Solver } from '../api/types';
import { supersedes } from '../live/activity';
import { OperationsPage } from '../operate/OperationsPage';
import { Remove } from '../operate/Remove';
import { evaluation } from '../testing/samples';
import { EndedEarly } from './EndedEarly';
import { History } from './History';
import { Repeats } from './Repeats';
import { UnderWay } from './UnderWay';

const SOLVER: Solver = {
  name: 'solver-1',
  device: 'CPU of the test, 2 threads',
  memoryBytes: 16_000_000_000,
  alive: true,
  heartbeatAt: '2026-03-01T12:00:00Z',
  startedAt: '2026-03-01T11:00:00Z',
  unitsSolved: 7,
  examplesSolved: 448,
  evaluation: 'e1',
  unit: 3,
  steps: 9,
};
const PROGRESS = {
  unitsWaiting: 2,
  unitsInFlight: 1,
  queuePosition: null,
  takingTurns: 1,
  examplesPerSecond: 3.4,
  secondsLeft: 120,
  heardAt: null,
  solvers: [SOLVER],
};
const FAILED = evaluation({
  id: 'e1',
  state: 'failed',
  finishedAt: '2026-03-01T12:10:00Z',
  partial: true,
  scores: { exact_accuracy: 0.5 },
  failure: {
    kind: 'memory',
    meaning: 'Too little memory.',
    reason: 'unit 3 on solver-1',
    remedy: 'Then retry.',
    log: ['12:00 WARN a <b>line</b>'],
  },
});

let asked: { path: string; method: string; body: unknown }[];
function answering(answers: Record<string, unknown>) {
  asked = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const method = init?.method ?? 'GET';
    asked.push({ path, method, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined });
    const answer = answers[`${method} ${path}`];
    return answer instanceof Response ? answer : Response.json(answer);
  });
}

class NoEvents {
  readyState = 0;
  onopen = null;
  onerror = null;
  addEventListener() {}
  close() {}
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('an evaluation under way', () => {
  it('tells what it waits for, how fast it is and who works on it', () => {
    render(<UnderWay evaluation={evaluation({ id: 'e1', progress: PROGRESS })} status="live" take={() => undefined} />);
    const text = document.body.textContent ?? '';
    for (const part of [
      'about 2 min 0 s left',
      'Units waiting2',
      'Units with solvers1',
      '3.4',
      '1 other',
      'solver-1',
      'CPU of the test',
      'unit 3, 9 steps',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('has a place in the queue before its first unit, and says so when nobody is there', () => {
    const progress = { ...PROGRESS, queuePosition: 4, solvers: [], secondsLeft: null, examplesPerSecond: null };
    render(<UnderWay evaluation={evaluation({ state: 'queued', startedAt: null, progress })} status="live" take={() => undefined} />);
    expect(document.body.textContent).toContain('number 4 in the queue');
    expect(document.body.textContent).toContain('No solver has reported on it yet.');
  });

  it('is paused by a button, and the page shows what the platform answered', async () => {
    const paused = evaluation({ id: 'e1', state: 'paused' });
    answering({ 'POST /api/evaluations/e1/pause': paused });
    const take = vi.fn<(next: Evaluation) => void>();
    render(<UnderWay evaluation={evaluation({ id: 'e1', progress: PROGRESS })} status="live" take={take} />);
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Pause…' }));
    expect(document.activeElement?.textContent).toContain('Solvers stop after their current step');
    fireEvent.click(screen.getByRole('button', { name: 'Let it run' }));
    expect(asked).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Pause…' }));
    fireEvent.click(screen.getByRole('button', { name: 'Pause it' }));
    await waitFor(() => expect(take).toHaveBeenCalledWith(paused));
    expect(asked).toEqual([{ path: '/api/evaluations/e1/pause', method: 'POST', body: {} }]);
  });

  it('shows the refusal of a command', async () => {
    const refusal = { status: 409, title: 'the evaluation of m is finished', remedy: 'cancel is for evaluations that are queued' };
    answering({
      'POST /api/evaluations/e1/cancel': Response.json(refusal, { status: 409, headers: { 'content-type': 'application/problem+json' } }),
    });
    render(<UnderWay evaluation={evaluation({ id: 'e1', progress: PROGRESS })} status="live" take={() => undefined} />);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel…' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel it' }));
    expect(await screen.findByText(/the evaluation of m is finished/)).toBeTruthy();
  });
});

describe('an evaluation that ended early', () => {
  it('says why, what to do, and what the solver logged, as text', () => {
    render(<EndedEarly evaluation={FAILED} take={() => undefined} />);
    for (const part of [
      'Too little memory.',
      'unit 3 on solver-1',
      'Then retry.',
      '12:00 WARN a <b>line</b>',
      'A retry runs the 3 units that are missing.',
    ]) {
      expect(document.body.textContent).toContain(part);
    }
    expect(document.querySelector('pre b')).toBeNull();
    expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy();
  });

  it('is a newer state than the running one that it was, and a retry is newer than that', () => {
    const running = evaluation({ state: 'running', since: '2026-03-01T12:00:00Z', unitsDone: 3 });
    const failed = evaluation({ state: 'failed', since: '2026-03-01T12:01:00Z', unitsDone: 3 });
    const retried = evaluation({ state: 'running', since: '2026-03-01T12:02:00Z', unitsDone: 3 });
    expect(supersedes(failed, running)).toBe(true);
    expect(supersedes(running, failed)).toBe(false);
    expect(supersedes(retried, failed)).toBe(true);
  });
});

describe('the history', () => {
  it('lists events and failed deliveries', async () => {
    answering({
      'GET /api/evaluations/e1/history': {
        events: [
          { at: '2026-03-01T12:00:00Z', event: 'planned', detail: null },
          { at: '2026-03-01T12:01:00Z', event: 'reaped', detail: 'unit 1 again' },
        ],
        troubles: [
          {
            unit: 1,
            solver: 'solver-2',
            device: 'CPU',
            startedAt: '2026-03-01T12:00:30Z',
            endedAt: null,
            kind: 'solver_ended',
            reason: null,
            log: [],
          },
        ],
      },
    });
    render(<History evaluation={evaluation({ id: 'e1' })} />);
    expect(await screen.findByText('1 failed delivery')).toBeTruthy();
    expect(document.body.textContent).toContain('unit 1 again');
    expect(document.body.textContent).toContain('Unit 1 on solver-2');
    expect(document.body.textContent).toContain('the solver ended without a reason');
  });
});

describe('repeats', () => {
  const second = evaluation({
    id: 'e2',
    repeat: 2,
    original: 'e1',
    state: 'finished',
    scores: { exact_accuracy: 0.5 },
    verification: 'differs',
  });
  const first = evaluation({ id: 'e1', state: 'finished', scores: { exact_accuracy: 0.4 }, verification: 'differs' });

  it('show by how much they differ, and on what they were computed', async () => {
    const agreement = {
      evaluation: 'e2',
      against: 'e1',
      examples: 100,
      differing: 3,
      scoreDifference: 0.1,
      devices: ['GPU'],
      againstDevices: ['CPU'],
      kernels: ['generic'],
      againstKernels: ['packed'],
      unitExamples: 64,
      againstUnitExamples: 128,
    };
    answering({ 'GET /api/evaluations/e2/repeats': { evaluations: [first, second], agreements: [agreement] } });
    render(<Repeats evaluation={second} />);
    expect(await screen.findByText(/3 of 100 answers differ/)).toBeTruthy();
    expect(document.body.textContent).toContain('on CPU, and on GPU');
    expect(document.body.textContent).toContain(
      'What differs is the devices and the kernels (packed, and generic) and the units (at most 128, and 64 examples)',
    );
    expect(screen.getByText('differs')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Repeat 1' }).getAttribute('href')).toBe('/evaluations/e1');
  });

  it('are made by a button, by the same protocol', async () => {
    answering({ 'GET /api/evaluations/e1/repeats': { evaluations: [first], agreements: [] }, 'POST /api/evaluations': second });
    render(<Repeats evaluation={evaluation({ id: 'e1', state: 'finished' })} />);
    fireEvent.click(screen.getByRole('button', { name: 'Run again to reproduce' }));
    await waitFor(() => expect(asked.some((each) => each.method === 'POST')).toBe(true));
    const body = asked.find((each) => each.method === 'POST')?.body as { again: boolean; evaluation: string; protocol: { steps: number } };
    expect(body.again).toBe(true);
    expect(body.evaluation).toBe('e1');
    expect(body.protocol.steps).toBe(first.protocol.steps);
  });
});

describe('a removal', () => {
  const REMOVAL = { done: false, evaluations: 2, running: 1, models: ['trm-att'], checkpoints: 1, puzzleSet: false, bytes: 4_000_000 };

  it('says what would go, keeps it when told to, and does it once it is confirmed', async () => {
    answering({ 'DELETE /api/models/trm-att?dryRun=true': REMOVAL, 'DELETE /api/models/trm-att': { ...REMOVAL, done: true } });
    render(<Remove what="this model" path="/api/models/trm-att" />);
    fireEvent.click(screen.getByRole('button', { name: 'Remove this model…' }));
    const question = await screen.findByText(/This removes 2 evaluations \(1 running\) with all answers and scores/);
    expect(question.textContent).toContain('the name trm-att, 1 checkpoint that nobody else evaluated and 4.00 MB of files');
    await waitFor(() => expect(document.activeElement).toBe(question));
    fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
    fireEvent.click(screen.getByRole('button', { name: 'Remove this model…' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Remove for good' }));
    await waitFor(() => expect(location.pathname).toBe('/'));
    expect(asked.filter((each) => each.method === 'DELETE')).toHaveLength(3);
  });
});

describe('operations', () => {
  it('shows solvers, the queue, failures and quarantined messages', async () => {
    vi.stubGlobal('EventSource', NoEvents);
    answering({
      'GET /api/evaluations?limit=50': {
        evaluations: [evaluation({ id: 'e3', model: 'waits', state: 'queued', progress: { ...PROGRESS, queuePosition: 1 } }), FAILED],
        next: null,
      },
      'GET /api/solvers': [SOLVER, { ...SOLVER, name: 'solver-2', memoryBytes: null, alive: false }],
      'GET /api/storage': [
        { kind: 'answers', bytes: 3_000_000 },
        { kind: 'checkpoints', bytes: 1_500_000 },
        { kind: 'topics', bytes: 300_000 },
        { kind: 'logs', bytes: 200_000 },
      ],
      'GET /api/quarantined-messages': {
        messages: [
          {
            id: 1,
            topic: 'arena.outcomes',
            partition: 0,
            offset: 4,
            sentAt: '2026-03-01T12:00:00Z',
            key: null,
            length: 12,
            preview: '',
            reason: 'no Outcome',
            at: '2026-03-01T12:00:00Z',
          },
        ],
        next: null,
      },
    });
    render(<OperationsPage />);
    expect(await screen.findByText('1 solver alive')).toBeTruthy();
    expect(await screen.findByText('number 1 in the queue')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'waits' })).toBeTruthy();
    expect(screen.getByText('unit 3 on solver-1')).toBeTruthy();
    expect(document.querySelector('[data-solver="solver-2"]')?.textContent).toContain('gone');
    await waitFor(() => expect(document.body.textContent).toContain('12 bytes: no Outcome'));
    await waitFor(() => expect(document.body.textContent).toContain('5.00 MB in use'));
    expect(document.body.textContent).toContain('Messages, on the disks of Kafka');
    expect(document.querySelector('[data-solver="solver-1"]')?.textContent).toContain('16.0 GB');
    expect(document.querySelector('[data-solver="solver-2"]')?.textContent).toContain('–');
  });
});
