import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startEvaluation, submissions } from '../api/submissions';
import { Header } from '../shell/Header';
import { evaluation } from '../testing/samples';
import { MinePage } from './MinePage';

const asked: string[] = [];
/** What the platform starts next, and what it still has. */
let next: string;
let there: readonly string[];

beforeEach(() => {
  localStorage.clear();
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') return Response.json(evaluation({ id: next }), { status: 201 });
    asked.push(path);
    return Response.json({ evaluations: there.map((id) => evaluation({ id })), next: null });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
});

async function submit(...ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    next = id;
    await startEvaluation({ evaluation: 'e0' });
  }
}

it('what was submitted from this browser is listed, and what was removed since is said once', async () => {
  await submit('e1', 'e2', 'e3', 'e1');
  expect(submissions()).toEqual(['e1', 'e3', 'e2']);
  there = ['e3', 'e1'];
  const page = render(<MinePage />);
  const rows = async () => (await screen.findAllByRole('row')).slice(1).map((row) => row.getAttribute('data-evaluation'));
  expect(await rows()).toEqual(['e3', 'e1']);
  expect(asked).toEqual(['/api/evaluations?ids=e1,e3,e2']);
  expect(screen.getByRole('status').textContent).toBe('1 evaluation that you submitted was removed since.');
  await waitFor(() => expect(submissions()).toEqual(['e1', 'e3']));
  page.unmount();
  render(<MinePage />);
  expect(await rows()).toEqual(['e3', 'e1']);
  expect(screen.queryByRole('status')).toBeNull();

  fireEvent.click(screen.getByRole('button', { name: 'Forget these on this browser' }));
  expect(await screen.findByText('Nothing that was submitted from this browser is here')).toBeTruthy();
  expect(submissions()).toEqual([]);
});

it('so many are remembered as one request may ask for', async () => {
  await submit(...Array.from({ length: 70 }, (_, i) => `e${i}`));
  expect(submissions()).toHaveLength(64);
  expect(submissions()[0]).toBe('e69');
});

it('the menu names the page once there is something on it', async () => {
  render(<Header route={{ page: 'mine' }} />);
  expect(screen.queryByRole('link', { name: 'Mine' })).toBeNull();
  cleanup();
  await submit('e1');
  render(<Header route={{ page: 'mine' }} />);
  expect(screen.getByRole('link', { name: 'Mine' }).getAttribute('aria-current')).toBe('page');
});

it('a browser that keeps nothing, or keeps what nobody here wrote, starts evaluations all the same', async () => {
  localStorage.setItem('arena.submissions', '{"odd":1}');
  expect(submissions()).toEqual([]);
  const refuse = () => {
    throw new DOMException('forbidden', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
  await submit('e1');
  expect(submissions()).toEqual([]);
  render(<MinePage />);
  expect(screen.getByText('Nothing that was submitted from this browser is here')).toBeTruthy();
  expect(asked).toEqual([]);
});
