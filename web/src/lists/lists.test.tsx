import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import type { EvaluationPage } from '../api/types';
import { evaluation, leaderboard } from '../testing/samples';
import { EvaluationsPage } from './EvaluationsPage';
import { readList, WHOLE_LIST } from './listView';
import { ModelsPage } from './ModelsPage';
import { SetsPage } from './SetsPage';

const asked: string[] = [];

function answering(body: unknown): void {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return Response.json(body);
  });
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const PAGE: EvaluationPage = {
  evaluations: [
    evaluation({ id: 'e3', model: 'trm', puzzleSet: 'maze', state: 'failed', scores: {} }),
    evaluation({ id: 'e2', model: 'hrm', puzzleSet: 'sudoku' }),
    evaluation({ id: 'e1', model: 'trm', puzzleSet: 'sudoku' }),
  ],
  next: '00000000-0000-4000-8000-000000000009',
};

it('evaluations are listed by what they are of, found by words, and followed to the older ones', async () => {
  answering(PAGE);
  const page = render(<EvaluationsPage view={WHOLE_LIST} />);
  const rows = async () => (await screen.findAllByRole('row')).slice(1).map((row) => row.getAttribute('data-evaluation'));
  expect(await rows()).toEqual(['e3', 'e2', 'e1']);
  expect(asked).toEqual(['/api/evaluations?limit=100']);
  expect(screen.getByRole('link', { name: 'Older' }).getAttribute('href')).toBe(`/evaluations?after=${PAGE.next}`);
  expect(screen.queryByRole('link', { name: 'Newest' })).toBeNull();

  fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'trm failed' } });
  await waitFor(() => expect(location.search).toBe('?filter=trm+failed'));
  page.rerender(<EvaluationsPage view={readList(new URLSearchParams(location.search))} />);
  expect(await rows()).toEqual(['e3']);
  expect(screen.getByText('1 of 3 evaluations')).toBeTruthy();
});

it('the models of evaluations come with their sets, the latest first', async () => {
  answering({ ...PAGE, next: null });
  render(<ModelsPage view={WHOLE_LIST} />);
  const [trm, hrm] = (await screen.findAllByRole('row')).slice(1);
  expect(within(trm!).getByRole('link', { name: 'trm' }).getAttribute('href')).toBe('/models/trm');
  expect(
    within(trm!)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href')),
  ).toEqual(['/models/trm', '/sets/maze', '/sets/sudoku', '/evaluations/e3']);
  expect(within(hrm!).getByRole('link', { name: 'hrm' })).toBeTruthy();
  expect(screen.queryByRole('navigation', { name: 'Pages of the list' })).toBeNull();
});

it('puzzle sets are found by their name and kind', async () => {
  const set = leaderboard().puzzleSet;
  answering([
    { ...set, name: 'a', kind: 'arc' },
    { ...set, name: 'b', kind: 'maze' },
  ]);
  render(<SetsPage view={{ ...WHOLE_LIST, filter: 'maze' }} />);
  expect((await screen.findAllByRole('row')).slice(1).map((row) => row.getAttribute('data-puzzle-set'))).toEqual(['b']);
  expect(screen.getByText('1 of 2 puzzle sets')).toBeTruthy();
});
