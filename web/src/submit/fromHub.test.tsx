import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fetch } from '../api/types';
import { reading } from '../testing/reading';
import { SubmitPage } from './SubmitPage';

const FETCH: Fetch = {
  upload: 'u1',
  fileName: 'step_484',
  bytes: 500_000,
  offset: 0,
  digest: 'ab'.repeat(32),
  state: 'waiting',
  problem: null,
  origin: {
    hub: 'huggingface.co',
    repository: 'sam/tiny',
    path: 'step_484',
    revision: 'main',
    commit: '01'.repeat(20),
    page: 'https://huggingface.co/sam/tiny/blob/0101/step_484',
  },
  expiresAt: '2026-03-02T12:00:00Z',
};
const REFUSED = { status: 422, title: 'it is no checkpoint', remedy: 'Choose another.' };

let asked: { path: string; body: unknown }[];
function answering(answers: Record<string, () => unknown>) {
  asked = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push({ path, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined });
    const found = answers[`${init?.method ?? 'GET'} ${path}`]?.() ?? [];
    return found instanceof Response ? found : Response.json(found);
  });
}
const ask = (name: string) => {
  render(<SubmitPage set={null} />);
  fireEvent.input(screen.getByLabelText('Or from a hub'), { target: { value: name } });
  fireEvent.click(screen.getByRole('button', { name: 'Fetch' }));
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

describe('a checkpoint on a hub', () => {
  it('is fetched by the platform, and inspected once it is whole', async () => {
    let looked = 0;
    answering({
      'POST /api/fetches': () => ({ file: FETCH, config: null }),
      'GET /api/fetches/u1': () => {
        looked += 1;
        return looked === 1 ? { ...FETCH, state: 'fetching', offset: 250_000 } : { ...FETCH, state: 'whole', offset: 500_000 };
      },
      'POST /api/inspections': () => Response.json(REFUSED, { status: 422 }),
    });
    ask(' hf://sam/tiny/step_484 ');
    expect(await screen.findByLabelText('Fetch of step_484')).toBeTruthy();
    expect(asked.find(({ path }) => path === '/api/fetches')?.body).toEqual({ from: 'hf://sam/tiny/step_484' });
    await waitFor(() => expect(asked.some(({ path }) => path === '/api/inspections')).toBe(true), { timeout: 10_000 });
    expect(looked).toBe(2);
    expect(screen.queryByLabelText('Fetch of step_484')).toBeNull();
  });

  it('goes on to be fetched when the page was loaded anew', async () => {
    sessionStorage.setItem('submit.checkpoint', 'u1');
    answering({
      'GET /api/uploads/u1': () => ({
        upload: 'u1',
        fileName: 'step_484',
        bytes: 500_000,
        offset: 0,
        digest: null,
        expiresAt: FETCH.expiresAt,
      }),
      'GET /api/fetches/u1': () => FETCH,
    });
    render(<SubmitPage set={null} />);
    expect(await screen.findByLabelText('Fetch of step_484')).toBeTruthy();
  });

  it('that cannot be had says why', async () => {
    const problem = { status: 422, title: 'what came is another', file: 'step_484', place: null, problem: 'another', remedy: 'again' };
    answering({ 'POST /api/fetches': () => ({ file: { ...FETCH, state: 'failed', problem }, config: null }) });
    ask('hf://sam/tiny/step_484');
    expect(await screen.findByText(reading('what came is another'))).toBeTruthy();
  });

  it('that is not there is refused beside its name', async () => {
    const folder = { status: 404, title: 'run is a folder', remedy: 'name one of its checkpoints: run/step_1' };
    answering({ 'POST /api/fetches': () => Response.json(folder, { status: 404 }) });
    ask('hf://sam/tiny/run');
    expect(await screen.findByText(/run\/step_1/)).toBeTruthy();
  });

  it('is taken back by the platform when it is removed', async () => {
    answering({ 'POST /api/fetches': () => ({ file: FETCH, config: null }), 'GET /api/fetches/u1': () => FETCH });
    ask('hf://sam/tiny/step_484');
    fireEvent.click(await screen.findByRole('button', { name: /Remove/ }));
    await waitFor(() => expect(asked.filter(({ path }) => path === '/api/fetches/u1')).not.toHaveLength(0));
    expect(screen.queryByLabelText('Fetch of step_484')).toBeNull();
  });
});
