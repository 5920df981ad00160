import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Inspection, Upload } from '../api/types';
import { bytes } from '../format/numbers';
import { reading } from '../testing/reading';
import { evaluation, leaderboard } from '../testing/samples';
import { Estimate, estimated } from './Estimate';
import { StartForm } from './StartForm';
import { SubmitPage } from './SubmitPage';
import { setFiles } from './setFiles';
import { Speed } from './speed';

const UPLOAD: Upload = {
  upload: 'u1',
  fileName: 'step_484',
  bytes: 500_000,
  offset: 500_000,
  digest: 'ab'.repeat(32),
  expiresAt: '2026-03-02T12:00:00Z',
};
const WHOLE: Inspection = {
  fileName: 'step_484',
  architecture: 'trm',
  coreParameters: 26_000,
  embeddingParameters: 64,
  hyperParameters: { hiddenSize: 64, lCycles: 2, haltMaxSteps: 4, forwardDtype: 'float32' },
  configurationSources: { hiddenSize: 'tensors', lCycles: 'given', haltMaxSteps: 'given', forwardDtype: 'given' },
  notes: [],
  leftOut: [],
  missing: [],
  networks: [],
  files: [],
  presets: ['trm-arc'],
  recipes: [
    {
      name: 'trm-arc',
      repository: 'SamsungSAILMontreal/TinyRecursiveModels',
      commit: 'e7b6871',
      reaches: '44.6 % of ARC-AGI-1',
      settings: { H_cycles: 3, L_cycles: 4, halt_max_steps: 16 },
    },
  ],
  operationsPerSecond: 2e9,
  before: [],
  fits: [
    {
      puzzleSet: 'arc',
      fits: false,
      adapts: false,
      operationsPerStep: 4e9,
      operationsPerTrainingStep: 14e9,
      mostOperations: 1e19,
      problem: 'it has 1 puzzle identifiers, the set 127',
      mendedBy: [],
      notes: [],
    },
    {
      puzzleSet: 'sudoku-4x4',
      fits: true,
      adapts: false,
      operationsPerStep: 3e6,
      operationsPerTrainingStep: 10.5e6,
      mostOperations: 4e11,
      problem: null,
      mendedBy: [],
      notes: [],
    },
  ],
};
const ADAPTS: Inspection = { ...WHOLE, fits: [{ ...WHOLE.fits[0]!, adapts: true }] };
const LACKING: Inspection = {
  ...WHOLE,
  architecture: null,
  coreParameters: null,
  embeddingParameters: null,
  hyperParameters: { hiddenSize: 64 },
  configurationSources: { hiddenSize: 'tensors' },
  missing: ['L_cycles', 'halt_max_steps'],
  fits: [],
};
const SUDOKU = leaderboard().puzzleSet;
const ARC = { ...SUDOKU, name: 'arc', kind: 'arc' as const };

let asked: { path: string; body: unknown }[];
function answering(answer: (request: string, body: unknown) => unknown) {
  asked = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ path, body });
    const found = answer(`${init?.method ?? 'GET'} ${path}`, body);
    return found instanceof Response ? found : Response.json(found);
  });
}
const PLATFORM = (request: string, body: unknown): unknown => {
  switch (request) {
    case 'GET /api/uploads/u1':
      return UPLOAD;
    case 'GET /api/puzzle-sets':
      return [ARC, SUDOKU];
    case 'GET /api/solvers':
      return [
        { name: 'a', alive: true },
        { name: 'b', alive: true },
        { name: 'c', alive: false },
      ];
    case 'POST /api/inspections':
      return Object.keys((body as { hyperParameters: object }).hyperParameters).length === 2 ? WHOLE : LACKING;
    default:
      return evaluation({ id: 'e7' });
  }
};

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  history.replaceState(null, '', '/submit');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the way of a submission', () => {
  it('asks which network is meant where a file has several', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    const networks = [
      { keys: 'state_dict', averaged: false, tensors: 13 },
      { keys: 'ema.shadow', averaged: true, tensors: 12 },
    ];
    answering((request, body) => {
      const settings = (body as { hyperParameters?: Record<string, string> } | null)?.hyperParameters;
      if (request !== 'POST /api/inspections') return PLATFORM(request, body);
      return settings?.weights ? { ...WHOLE, networks } : { ...LACKING, missing: ['weights'], networks };
    });
    render(<SubmitPage set={null} />);
    expect(await screen.findByText('The file holds 2 networks: which one is meant?')).toBeTruthy();
    expect(screen.queryByText(/The tensors do not tell/)).toBeNull();
    const choice = screen.getByLabelText<HTMLSelectElement>('Network of the file');
    fireEvent.change(choice, { target: { value: 'ema.shadow' } });
    fireEvent.submit(choice.closest('form')!);
    expect(await screen.findByRole('button', { name: 'Start the evaluation' })).toBeTruthy();
    expect(screen.getByLabelText<HTMLSelectElement>('Network of the file').value).toBe('ema.shadow');
  });

  it('asks which checkpoint of an archive is meant', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    const files = ['run/step_100', 'run/last/step_200.pt'];
    answering((request, body) => {
      const settings = (body as { hyperParameters?: Record<string, string> } | null)?.hyperParameters;
      if (request !== 'POST /api/inspections') return PLATFORM(request, body);
      return settings?.file ? { ...WHOLE, files } : { ...LACKING, missing: ['file'], files };
    });
    render(<SubmitPage set={null} />);
    expect(await screen.findByText('The archive holds 2 checkpoints: which one is meant?')).toBeTruthy();
    expect(screen.queryByText(/The tensors do not tell/)).toBeNull();
    const choice = screen.getByLabelText<HTMLSelectElement>('Checkpoint of the archive');
    fireEvent.change(choice, { target: { value: 'run/last/step_200.pt' } });
    fireEvent.submit(choice.closest('form')!);
    expect(await screen.findByRole('button', { name: 'Start the evaluation' })).toBeTruthy();
    const hyperParameters = { file: 'run/last/step_200.pt' };
    expect(asked).toContainEqual(expect.objectContaining({ body: expect.objectContaining({ hyperParameters }) }));
  });

  it('tells what is not known of a checkpoint, and what a preset reaches', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    const notes = ['noise_scale: not known here, may change the result'];
    answering((request, body) => (request === 'POST /api/inspections' ? { ...LACKING, notes } : PLATFORM(request, body)));
    render(<SubmitPage set={null} />);
    expect(await screen.findByText('noise_scale: not known here, may change the result')).toBeTruthy();
    const preset = 'trm-arc: H_cycles 3, L_cycles 4, halt_max_steps 16, 44.6 % of ARC-AGI-1';
    expect(screen.getByText(`${preset} (SamsungSAILMontreal/TinyRecursiveModels at e7b6871)`)).toBeTruthy();
  });

  it('asks at which row a set begins that was joined with others, and keeps the choice of the set', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    const misfit = { puzzleSet: 'arc', operationsPerStep: 4e9, mostOperations: 1e19 };
    answering((request, body) => {
      if (request !== 'POST /api/inspections') return PLATFORM(request, body);
      const settings = (body as { hyperParameters: Record<string, string> }).hyperParameters;
      const fits =
        settings.identifier_offset === '7' && settings.allow_larger_vocabulary === 'true'
          ? { ...misfit, fits: true, problem: null, mendedBy: [], notes: ['7 before them and 5 behind them are not used'] }
          : { ...misfit, fits: false, problem: 'too large', mendedBy: ['identifier_offset', 'allow_larger_vocabulary'], notes: [] };
      return { ...WHOLE, fits: [fits, WHOLE.fits[1]] };
    });
    render(<SubmitPage set={null} />);
    const sets = await screen.findByLabelText<HTMLSelectElement>('Puzzle set');
    expect(sets.value).toBe('sudoku-4x4');
    expect(screen.queryByLabelText('Identifier offset')).toBeNull();
    fireEvent.change(sets, { target: { value: 'arc' } });
    fireEvent.input(await screen.findByLabelText('Identifier offset'), { target: { value: '7' } });
    fireEvent.click(screen.getByLabelText('Allow a larger vocabulary'));
    fireEvent.click(screen.getByRole('button', { name: 'Compare again' }));
    expect(await screen.findByText(/7 before them and 5 behind them are not used/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLSelectElement>('Puzzle set').value).toBe('arc');
    expect(screen.getByLabelText<HTMLInputElement>('Identifier offset').value).toBe('7');
    fireEvent.submit(screen.getByRole('button', { name: 'Start the evaluation' }).closest('form')!);
    await waitFor(() => expect(location.pathname).toBe('/evaluations/e7'));
    const started = asked.findLast(({ path }) => path === '/api/evaluations');
    expect(started?.body).toMatchObject({
      puzzleSet: 'arc',
      hyperParameters: { identifier_offset: '7', allow_larger_vocabulary: 'true' },
    });
  });

  it('leads from an upload over its inspection and what is missing to the running evaluation', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    answering(PLATFORM);
    render(<SubmitPage set={null} />);
    // Whole before the page was loaded anew: it is not sent again.
    expect(await screen.findByText('500 kB, uploaded')).toBeTruthy();
    expect(await screen.findByText('The tensors do not tell 2 settings')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Start the evaluation' })).toBeNull();
    fireEvent.input(screen.getByLabelText('L_cycles'), { target: { value: '2' } });
    fireEvent.input(screen.getByLabelText('halt_max_steps'), { target: { value: ' 4 ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Inspect with these' }));
    fireEvent.submit(screen.getByRole('button', { name: 'Inspect with these' }).closest('form')!);
    const start = await screen.findByRole('button', { name: 'Start the evaluation' });
    expect(screen.getByText('26,000')).toBeTruthy();
    expect(await screen.findByText(/^About .* of one solver/)).toBeTruthy();
    const sets = screen.getByLabelText<HTMLSelectElement>('Puzzle set');
    expect(sets.value).toBe('sudoku-4x4');
    expect([...sets.options].map((option) => option.textContent)).toEqual(['arc (does not fit)', 'sudoku-4x4']);
    expect(screen.getByText(reading('The checkpoint fits sudoku-4x4.'))).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Improvement steps').value).toBe('4');
    fireEvent.change(sets, { target: { value: 'arc' } });
    expect(await screen.findByText('it has 1 puzzle identifiers, the set 127')).toBeTruthy();
    expect(screen.getByLabelText('Augmentations')).toBeTruthy();
    fireEvent.change(sets, { target: { value: 'sudoku-4x4' } });
    await screen.findByText(reading('The checkpoint fits sudoku-4x4.'));
    fireEvent.submit(start.closest('form')!);
    await waitFor(() => expect(location.pathname).toBe('/evaluations/e7'));
    expect(sessionStorage.getItem('submit.checkpoint')).toBeNull();
    expect(asked.at(-1)).toEqual({
      path: '/api/evaluations',
      body: {
        checkpoint: 'u1',
        config: null,
        preset: null,
        hyperParameters: { L_cycles: '2', halt_max_steps: '4' },
        puzzleSet: 'sudoku-4x4',
        model: null,
        again: false,
        stopIfSuspect: false,
        protocol: { steps: 4, dtype: 'float32', augmentations: null, earlyHalting: false, blankIdentifier: false, adaptation: null },
      },
    });
  });

  it('says before the start that the file was run before, and offers a repeat', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    const before = {
      evaluation: 'e3',
      sameFile: true,
      model: 'earlier',
      puzzleSet: 'sudoku-4x4',
      protocol: '4-steps.float32',
      state: 'finished' as const,
      otherwise: { lCycles: 3 },
    };
    answering((request, body) => (request === 'POST /api/inspections' ? { ...WHOLE, before: [before] } : PLATFORM(request, body)));
    render(<SubmitPage set={null} />);
    expect(await screen.findByText('This very file was run here before')).toBeTruthy();
    expect(document.body.textContent).toContain('on sudoku-4x4 (4-steps.float32, finished), with lCycles 3');
    fireEvent.click(await screen.findByRole('checkbox', { name: /Run it once more.*earlier/ }));
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(location.pathname).toBe('/evaluations/e7'));
    expect(asked.at(-1)?.body).toMatchObject({ again: true });
  });

  it('can be told to stop where the canary is suspect, of puzzles that have one', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    answering((request, body) => (request === 'POST /api/inspections' ? WHOLE : PLATFORM(request, body)));
    render(<SubmitPage set={null} />);
    const sets = (await screen.findByLabelText('Puzzle set')) as HTMLSelectElement;
    const tick = /Stop before the score/;
    fireEvent.change(sets, { target: { value: 'sudoku-4x4' } });
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: tick })).toBeNull());
    fireEvent.change(sets, { target: { value: 'arc' } });
    fireEvent.click(await screen.findByRole('checkbox', { name: tick }));
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(location.pathname).toBe('/evaluations/e7'));
    expect(asked.at(-1)?.body).toMatchObject({ puzzleSet: 'arc', stopIfSuspect: true });
  });

  it('says so of the same weights in another file, too', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    const run = { evaluation: 'e3', sameFile: false, model: 'a', puzzleSet: 's', protocol: 'p', state: 'finished', otherwise: {} };
    answering((request, body) => (request === 'POST /api/inspections' ? { ...WHOLE, before: [run] } : PLATFORM(request, body)));
    render(<SubmitPage set={null} />);
    expect(await screen.findByText('These very weights were run here before')).toBeTruthy();
    expect(screen.getByText(reading('as a on s (p, finished), in another file'))).toBeTruthy();
  });

  it('stops at a refusal, which says what to do, and goes on from there', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    const refused = { status: 422, title: 'step_484: it is no checkpoint', problem: 'it is no checkpoint', remedy: 'Choose another file.' };
    answering((request, body) => (request === 'POST /api/inspections' ? Response.json(refused, { status: 422 }) : PLATFORM(request, body)));
    render(<SubmitPage set={null} />);
    expect((await screen.findByRole('alert')).textContent).toContain('Choose another file.');
    expect(screen.queryByRole('button', { name: 'Start the evaluation' })).toBeNull();
    answering(PLATFORM);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('The tensors do not tell 2 settings')).toBeTruthy();
  });

  it('forgets a file that the platform does not have any more', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    answering((request, body) =>
      request === 'GET /api/uploads/u1' ? Response.json({ title: 'gone', status: 404 }, { status: 404 }) : PLATFORM(request, body),
    );
    render(<SubmitPage set={null} />);
    await waitFor(() => expect(sessionStorage.getItem('submit.checkpoint')).toBeNull());
    expect(screen.getByText('Begins when the files are uploaded.')).toBeTruthy();
  });
});

it('a file that was sent in part is named when the page comes back, one that was given up is forgotten', async () => {
  const kept = (id: string) => JSON.stringify({ size: 2.5e9, uploadUrl: `http://localhost:8080/api/uploads/${id}` });
  localStorage.setItem('tus::fingerprint::1', kept('half'));
  localStorage.setItem('tus::fingerprint::2', kept('gone'));
  localStorage.setItem('tus::broken', '{');
  localStorage.setItem('theme', 'dark');
  answering((request, body) => {
    if (request.endsWith('/half')) return { ...UPLOAD, fileName: 'step_518071', bytes: 2.5e9, offset: 1e9, digest: null };
    return request.endsWith('/gone') ? Response.json({ title: 'gone' }, { status: 404 }) : PLATFORM(request, body);
  });
  render(<SubmitPage set={null} />);
  const words = '1.00 GB of step_518071 (2.50 GB) are uploaded already. Choose the file again to continue.';
  expect(await screen.findByText(reading(words))).toBeTruthy();
  expect(localStorage.getItem('tus::fingerprint::1')).not.toBeNull();
  expect(localStorage.getItem('tus::fingerprint::2')).toBeNull();
});

it('the speed is that of the last seconds, and begins anew where bytes are sent again', () => {
  const speed = new Speed();
  expect(speed.at(0, 0)).toBeNull();
  expect(speed.at(1000, 10_000)).toBe(10_000);
  expect(speed.at(10_000, 10_000)).toBeNull();
  expect(speed.at(11_000, 11_000)).toBe(1000);
  expect(speed.at(11_500, 500)).toBeNull();
  expect([bytes(999), bytes(1000), bytes(2_500_000_000)]).toEqual(['999 B', '1.00 kB', '2.50 GB']);
});

describe('of a chosen folder', () => {
  const chosen = (...paths: string[]) =>
    setFiles(
      paths.map((path) => {
        const file = new File(['x'], path.slice(path.lastIndexOf('/') + 1));
        Object.defineProperty(file, 'webkitRelativePath', { value: path });
        return file;
      }),
    ).map(({ path }) => path);

  it('only the test split is taken', () => {
    expect(
      chosen(
        'arc/train/all__inputs.npy',
        'arc/test/dataset.json',
        'arc/test/all__inputs.npy',
        'arc/test/notes.txt',
        'arc/identifiers.json',
        'arc/x.npy',
      ),
    ).toEqual(['test/dataset.json', 'test/all__inputs.npy', 'identifiers.json']);
  });

  it('a compact set is taken whole', () => {
    expect(chosen('c/manifest.json', 'c/puzzles.npy', 'c/test/all__inputs.npy')).toEqual(['manifest.json', 'puzzles.npy']);
  });
});

describe('the estimate', () => {
  const protocol = { steps: 16, dtype: 'float32' as const, augmentations: null, earlyHalting: false, blankIdentifier: false };
  const set = { ...SUDOKU, exampleCount: 1000, taskCount: 100 };

  it('is steps by examples by what a step takes, and time where a speed was measured', () => {
    expect(estimated(WHOLE, set, protocol)).toEqual({ examples: 1000, operations: 48e9, most: 4e11, millis: 24_000 });
    expect(estimated({ ...WHOLE, operationsPerSecond: null }, set, protocol)).toMatchObject({ millis: null });
    expect(estimated(WHOLE, set, { ...protocol, augmentations: 1 })).toMatchObject({ examples: 200 });
    expect(estimated(WHOLE, set, { ...protocol, augmentations: 20 })).toMatchObject({ examples: 1000 });
  });

  it('counts what it takes to adapt rows, also of a checkpoint that fits no other way', () => {
    const adaptation = { mode: 'rows' as const, steps: 96, slots: 2, seed: null, settings: {} };
    const arc = { ...ARC, exampleCount: 40, taskCount: 10, identifierCount: 21 };
    expect(estimated(ADAPTS, arc, { ...protocol, adaptation })).toMatchObject({
      operations: 4e9 * 16 * 40 + 14e9 * 96 * 2 * 20,
    });
    expect(estimated(ADAPTS, arc, protocol)).toBeNull();
    expect(estimated(WHOLE, arc, { ...protocol, adaptation })).toBeNull();
    const rows = estimated(ADAPTS, arc, { ...protocol, adaptation: { ...adaptation, steps: 0 } })!.operations;
    const all = estimated(ADAPTS, arc, { ...protocol, adaptation: { ...adaptation, mode: 'all', slots: null } })!.operations;
    expect(all - rows).toBe(ADAPTS.fits[0]!.operationsPerTrainingStep * 96 * 8);
  });

  it('stands beside a set that fits by adapted rows alone, and says so', async () => {
    answering(PLATFORM);
    const nothing = () => undefined;
    const said = { preset: null, settings: {} };
    render(
      <StartForm
        checkpoint="u1"
        config={null}
        inspection={ADAPTS}
        sets={[ARC]}
        preferred="arc"
        onChoose={nothing}
        onSay={nothing}
        onStarted={nothing}
        {...{ said }}
      />,
    );
    const sets = screen.getByLabelText<HTMLSelectElement>('Puzzle set');
    expect(sets.options[0]!.textContent).toBe('arc (does not fit, unless rows are adapted)');
    expect(screen.getByText(/It can run on rows that are adapted to the demonstrations/)).toBeTruthy();
    const start = screen.getByRole<HTMLButtonElement>('button', { name: 'Start the evaluation' });
    expect(start.disabled).toBe(true);
    expect(screen.queryByText(/^About .* of one solver/)).toBeNull();
    fireEvent.input(screen.getByLabelText('Adapt, training steps'), { target: { value: '96' } });
    await waitFor(() => expect(start.disabled).toBe(false));
    expect(await screen.findByText(/^About .* of one solver/)).toBeTruthy();
    fireEvent.submit(sets.closest('form')!);
    await waitFor(() => expect(asked.at(-1)!.path).toBe('/api/evaluations'));
    expect(asked.at(-1)!.body).toMatchObject({ protocol: { adaptation: { mode: 'rows', steps: 96, settings: {} } } });
  });

  it('is none where the checkpoint does not fit or the steps are no number', () => {
    expect(estimated(WHOLE, ARC, protocol)).toBeNull();
    expect(estimated(WHOLE, set, { ...protocol, steps: null })).toBeNull();
  });

  it('speaks of one solver and of all that are alive, and of a limit where examples may halt', async () => {
    answering(PLATFORM);
    const shown = render(<Estimate inspection={WHOLE} set={set} protocol={protocol} />);
    const text = await screen.findByText(/the 2 solvers alive need/);
    expect(text.textContent).toBe(
      'About 24 s of one solver for 1,000 examples, at the speed of the last evaluations here; the 2 solvers alive need 12 s.',
    );
    shown.rerender(<Estimate inspection={WHOLE} set={set} protocol={{ ...protocol, earlyHalting: true }} />);
    expect(text.textContent).toMatch(/^At most /);
    expect(text.textContent).not.toContain('more than');
    const leaves = { ...WHOLE, hyperParameters: { ...WHOLE.hyperParameters, haltProbThres: 0.5 } };
    shown.rerender(<Estimate inspection={leaves} set={set} protocol={protocol} />);
    expect(text.textContent).toMatch(/^At most /);
    shown.rerender(<Estimate inspection={WHOLE} set={set} protocol={{ ...protocol, steps: 1024 }} />);
    expect(text.textContent).toContain(
      'That is more than the 400 G that an evaluation on sudoku-4x4 may take: ask for fewer steps or augmentations.',
    );
  });
});
