import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leaderboard } from '../testing/samples';
import { NewSetPage } from './NewSetPage';

// What is sent by which pieces is another test's.
vi.mock('./sendFile', () => ({
  sendFile: (_: File, { onDone }: { onDone: (id: string) => void }) => {
    queueMicrotask(() => onDone('u1'));
    return { pause: () => undefined };
  },
}));

const SET = { ...leaderboard().puzzleSet, name: 'mine', warnings: [] as string[], warningCount: 0 };
let answer = SET;

beforeEach(() => {
  history.replaceState(null, '', '/puzzle-sets/new');
  vi.stubGlobal('fetch', async () => Response.json(answer, { status: 201 }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function importSet(): void {
  render(<NewSetPage />);
  const file = new File(['x'], 'test.csv');
  fireEvent.change(screen.getByLabelText(/A CSV file/), { target: { files: [file] } });
  fireEvent.submit(screen.getByRole('button', { name: 'Import' }).closest('form')!);
}

it('an import leads on to a submission', async () => {
  answer = SET;
  importSet();
  await waitFor(() => expect(location.search).toBe('?set=mine'));
});

it('a puzzle with two solutions is warned of by its line before anything is run on the set', async () => {
  const second = 'test.csv, line 3: the puzzle has a second solution, which counts as wrong';
  answer = { ...SET, warnings: [second], warningCount: 10 };
  importSet();
  expect(await screen.findByText('It is imported, with 10 warnings')).toBeTruthy();
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toContain(second);
  expect(screen.getByText('and 9 more')).toBeTruthy();
  expect(location.pathname).toBe('/puzzle-sets/new');
  expect(screen.getByRole('link', { name: 'Submit a checkpoint on mine' })).toBeTruthy();
});
