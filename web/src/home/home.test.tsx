import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WHOLE_PICTURE } from '../plot/picture';
import { answersEntry, entry, leaderboard, published } from '../testing/samples';
import { type Answer, AnsweringServer } from '../testing/server';
import { bestOverTime } from './bestOverTime';
import { HomePicture, useHome } from './HomePicture';

let server: AnsweringServer;
let answers: Record<string, Answer>;
const happy = () => (window as unknown as { happyDOM: { setURL(url: string): void; waitUntilComplete(): Promise<void> } }).happyDOM;

beforeEach(async () => {
  answers = {};
  server = await AnsweringServer.start(answers);
  happy().setURL(`${server.origin}/`);
});
afterEach(async () => {
  cleanup();
  await happy().waitUntilComplete();
  await server.stop();
});

const PUBLISHED = [
  published({ method: 'TRM', score: 0.4, dollarsPerTask: 1.76, split: 'ARC Prize verified, semi-private', source: 'ARC Prize' }),
  published({ method: 'HRM', score: 0.32, dollarsPerTask: 1.48, split: 'ARC Prize verified, semi-private', source: 'ARC Prize' }),
  published({ method: 'TRM-Att', score: 0.446, split: 'public evaluation' }),
];
interface PictureProps {
  readonly rounds: Readonly<Record<string, number>>;
  readonly sets: number | undefined;
}

function Picture({ rounds, sets }: PictureProps) {
  return <HomePicture picture={WHOLE_PICTURE} home={useHome(rounds, sets)} />;
}

const open = () => render(<Picture rounds={{}} sets={0} />);
const tile = (name: string) => screen.getByText(name, { selector: 'dt' }).parentElement!;

describe('the picture that the platform begins with', () => {
  it('is of published results alone while nothing ran', async () => {
    answers['/api/home'] = { body: { name: 'arc-agi-1', puzzleSet: null, published: PUBLISHED } };
    open();
    const plot = await screen.findByRole('group', { name: 'score against cost per task, 3 points' });
    expect(screen.getByRole('heading', { name: 'Score against cost: ARC-AGI-1' })).toBeTruthy();
    expect(within(plot).getByRole('link', { name: /^TRM,/ }).getAttribute('href')).toBe('https://arcprize.org/leaderboard');
    expect(tile('Best run here').textContent).toContain('Nothing has run here yet');
    expect(tile('Best published').textContent).toContain('TRM-Att');
  });

  it('is of the board of its set, with the best of it, and says the same as a table', async () => {
    answers['/api/home'] = { body: { name: 'arc-agi-1', puzzleSet: 'arc-agi-1-mine', published: [] } };
    answers['/api/puzzle-sets/arc-agi-1-mine/leaderboard'] = {
      body: leaderboard({
        metric: 'pass@2',
        split: 'public evaluation',
        entries: [
          entry({ evaluation: 'e1', model: 'mine', score: 0.45, dollarsPerTask: 0.02, finishedAt: '2026-03-02T12:00:00Z' }),
          entry({ evaluation: 'e2', model: 'older', score: 0.25, dollarsPerTask: 0.01, finishedAt: '2026-03-01T12:00:00Z' }),
        ],
        answers: [answersEntry({ score: 0.1, dollarsPerTask: 0.3 })],
        published: PUBLISHED,
      }),
    };
    open();
    await screen.findByRole('group', { name: 'pass@2 against cost per task, 6 points' });
    expect(screen.getByRole('link', { name: 'arc-agi-1-mine' }).getAttribute('href')).toBe('/sets/arc-agi-1-mine');
    expect(within(tile('Best run here')).getByRole('link', { name: 'mine' }).getAttribute('href')).toBe('/evaluations/e1');
    expect(within(tile('Best score over time')).getByRole('img').getAttribute('aria-label')).toBe(
      '1 Mar 2026: 25.00% by older; 2 Mar 2026: 45.00% by mine',
    );
    const table = within(screen.getByRole('table'));
    expect(table.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual([
      'Public tasks',
      'mine',
      'TRM-Att',
      'older',
      'some-llm',
      'Semi-private tasks',
      'TRM',
      'HRM',
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'semi-private' }));
    expect(location.search).toBe('?split=semi-private');
  });

  it('changes when an evaluation of its set ends, and when there is a set at last', async () => {
    answers['/api/home'] = { body: { name: 'arc-agi-1', puzzleSet: null, published: PUBLISHED } };
    const page = (rounds: Readonly<Record<string, number>>, sets: number | undefined) => <Picture rounds={rounds} sets={sets} />;
    const { rerender } = render(page({}, undefined));
    await screen.findByRole('group', { name: /3 points$/ });
    rerender(page({}, 0));
    const board = { ...leaderboard({ entries: [entry({ evaluation: 'e1' })] }) };
    answers['/api/home'] = { body: { name: 'arc-agi-1', puzzleSet: 'mine', published: [] } };
    answers['/api/puzzle-sets/mine/leaderboard'] = { body: board };
    rerender(page({}, 1));
    await screen.findByRole('group', { name: /1 point$/ });
    answers['/api/puzzle-sets/mine/leaderboard'] = { body: { ...board, entries: [...board.entries, entry({ evaluation: 'e2' })] } };
    rerender(page({ mine: 1 }, 1));
    await screen.findByRole('group', { name: /2 points$/ });
    expect(server.asked.filter((path) => path === '/api/home')).toHaveLength(2);
  });

  it('says what went wrong', async () => {
    open();
    expect((await screen.findByRole('alert')).textContent).toContain('Look elsewhere.');
  });
});

it('the best over time rises, and of one moment has the best', () => {
  const at = (finishedAt: string | null, score: number) => entry({ finishedAt, score, evaluation: `${finishedAt} ${score}` });
  const rows = [
    at('2026-03-03T00:00:00Z', 0.5),
    at('2026-03-01T00:00:00Z', 0.2),
    at('2026-03-01T00:00:00Z', 0.3),
    at('2026-03-02T00:00:00Z', 0.3),
    at(null, 1),
  ];
  expect(bestOverTime(rows).map(({ score }) => score)).toEqual([0.3, 0.5]);
  expect(bestOverTime([])).toEqual([]);
});
