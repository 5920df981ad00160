import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { evaluation, leaderboard } from '../testing/samples';
import { NewAnswersPage } from './NewAnswersPage';
import { hasArrays, packArrays } from './packArrays';
import { packResults } from './packResults';

// What is sent by which pieces is another test's.
vi.mock('./sendFile', () => ({
  sendFile: (_: File, { onDone }: { onDone: (id: string) => void }) => {
    queueMicrotask(() => onDone('u1'));
    return { pause: () => undefined };
  },
}));

let asked: unknown;

beforeEach(() => {
  history.replaceState(null, '', '/submit/answers');
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (path !== '/api/evaluations') return Response.json([leaderboard().puzzleSet, { ...leaderboard().puzzleSet, name: 'arc' }]);
    asked = JSON.parse(String(init?.body));
    return Response.json(evaluation({ id: 'e9' }), { status: 201 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('answers are sent with what is said of them, and lead to their page', async () => {
  render(<NewAnswersPage set="arc" />);
  const button = screen.getByRole('button', { name: 'Score them' });
  expect(button.hasAttribute('disabled')).toBe(true);
  await screen.findByRole('option', { name: 'arc' });
  fireEvent.input(screen.getByLabelText('System that answered'), { target: { value: 'some-llm' } });
  fireEvent.input(screen.getByLabelText(/^Dollars per task/), { target: { value: '0.31' } });
  fireEvent.input(screen.getByLabelText('Address of the paper'), { target: { value: 'https://example.org/p' } });
  fireEvent.change(screen.getByLabelText(/^A file/), { target: { files: [new File(['{}'], 'submission.json')] } });
  fireEvent.submit(button.closest('form')!);
  await waitFor(() => expect(location.pathname).toBe('/evaluations/e9'));
  expect(asked).toEqual({
    answers: {
      upload: 'u1',
      puzzleSet: 'arc',
      model: 'some-llm',
      dollarsPerTask: 0.31,
      paper: 'https://example.org/p',
      code: null,
      lenient: false,
      again: false,
    },
  });
});

it('a folder of results becomes one file without transcripts, the same whatever the order', async () => {
  const attempt = { answer: [[1]], correct: true, metadata: { pair_index: 1, choices: 'long', cost: { total_cost: 0.5, other: 1 } } };
  const b = new File([JSON.stringify([{ attempt_1: attempt }])], 'b.json');
  const a = new File([JSON.stringify([{ attempt_1: null, odd: 1 }])], 'a.json');
  const scores = new File(['{"score":99}'], 'results.json');
  const packed = await packResults('run', [b, scores, a]);
  expect(packed.name).toBe('run.json');
  const kept = { answer: [[1]], metadata: { pair_index: 1, cost: { total_cost: 0.5 } } };
  expect(await packed.text()).toBe(JSON.stringify({ a: [{ attempt_1: null }], b: [{ attempt_1: kept }] }));
  expect(await (await packResults('run', [a, b])).text()).toBe(await packed.text());
  await expect(packResults('run', [new File(['{'], 'c.json')])).rejects.toThrow('c.json is not JSON');
  await expect(packResults('run', [scores])).rejects.toThrow('run holds no answers');
});

it('a folder of predicted arrays becomes one archive that is not compressed, the same whatever the order', async () => {
  const preds = new File(['p'.repeat(500)], 'preds.npy');
  const q = new File(['q'], 'q_halt_logits.npy');
  const other = new File(['x'], 'labels.npy');
  expect([hasArrays([preds, q]), hasArrays([q, other])]).toEqual([true, false]);
  const packed = await packArrays('run', [q, other, preds]);
  expect(packed.name).toBe('run.npz');
  const bytes = new Uint8Array(await packed.arrayBuffer());
  const unpacked = unzipSync(bytes);
  expect(Object.keys(unpacked)).toEqual(['preds.npy', 'q_halt_logits.npy']);
  expect(new TextDecoder().decode(unpacked['preds.npy'])).toBe('p'.repeat(500));
  expect(bytes.length).toBeGreaterThan(501);
  expect(new Uint8Array(await (await packArrays('run', [preds, q])).arrayBuffer())).toEqual(bytes);
});
