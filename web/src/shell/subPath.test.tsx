import { cleanup, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../api/paths';
import { ALL_TASKS } from '../browse/tasksView';
import { Badge } from '../evaluation/Badge';
import { WHOLE_WALL } from '../evaluation/wallView';
import { unfinished } from '../submit/unfinished';
import { evaluation } from '../testing/samples';
import { AnsweringServer } from '../testing/server';
import { App } from './App';
import { ArenaCommand } from './Notice';
import { pageAddress } from './navigation';
import { to } from './routes';

// As where a proxy has put the platform below a path of its host.
// What prepares each test has read the modules already, from the root.
vi.hoisted(() => vi.resetModules());
vi.mock('../api/base', () => ({ base: '/arena' }));

const { happyDOM } = globalThis as unknown as { happyDOM: { setURL: (url: string) => void; waitUntilComplete: () => Promise<void> } };

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

describe('below a path', () => {
  it('are all addresses', () => {
    const pages = [to.overview(), to.operations(), to.set('a'), to.boardOf(evaluation()), to.submit(), to.newSet(), to.model('a')];
    const more = [
      to.compare(['a', 'b']),
      to.evaluation('a'),
      to.task('a', 1),
      api.tasks('a', WHOLE_WALL, 0, 1),
      api.dryRun(api.model('a')),
    ];
    const {
      leaderboard,
      setTasks,
      setTask,
      setTaskAnswers,
      tasks,
      task,
      control,
      stepReplay,
      modelHistory,
      dryRun,
      compare,
      comparedTasks,
      evaluations,
      evaluationsNamed,
      framesOfStep,
      ...ofOne
    } = api;
    const all = [
      ...pages,
      ...more,
      ...Object.values(ofOne).map((address) => address('a')),
      leaderboard('a'),
      framesOfStep('a', 1, -1),
      setTasks('a', ALL_TASKS, 1),
      setTask('a', 'b'),
      setTaskAnswers('a', 'b', 0, 1),
      to.setTasks('a'),
      to.setTask('a', 'b'),
      compare(['a', 'b']),
      comparedTasks(['a', 'b'], null, -1),
      evaluations(1),
      evaluationsNamed(['a']),
    ];
    expect(all.length).toBeGreaterThan(30);
    expect(all.filter((address) => !address.startsWith('/arena/'))).toEqual([]);
  });

  it('a page knows itself, and asks there', async () => {
    const server = await AnsweringServer.start({
      '/arena/api/puzzle-sets': { body: [] },
      '/arena/api/evaluations?limit=50': { body: { evaluations: [], next: null } },
    });
    try {
      vi.stubGlobal(
        'EventSource',
        class {
          addEventListener() {}
          close() {}
        },
      );
      happyDOM.setURL(`${server.origin}/arena/`);
      render(<App />);
      expect(await screen.findByText('No puzzle set yet')).toBeTruthy();
      const asks = `./arena submit demo/sudoku-4x4/step_484 --puzzles sudoku-4x4 --wait --url ${server.origin}/arena`;
      expect(screen.getByText(asks)).toBeTruthy();
      expect(screen.getByRole('link', { name: 'API' }).getAttribute('href')).toBe('/arena/docs');
      cleanup();
      happyDOM.setURL(`${server.origin}/arena/nowhere`);
      render(<App />);
      expect(await screen.findByText('There is nothing at /nowhere')).toBeTruthy();
      expect(screen.getByRole('link', { name: 'leaderboards' }).getAttribute('href')).toBe('/arena/');
      await waitFor(() => expect(server.asked.filter((path) => !path.startsWith('/arena/api/'))).toEqual([]));
    } finally {
      cleanup();
      await happyDOM.waitUntilComplete();
      await server.stop();
    }
  });

  it('what is copied says where it is', () => {
    happyDOM.setURL('https://arena.example/arena/evaluations/e1');
    render(<Badge evaluation={evaluation({ id: 'e1', model: 'a' })} />);
    const there = 'https://arena.example/arena';
    expect(screen.getByText(`[![a](${there}/api/evaluations/e1/badge.svg)](${there}/evaluations/e1)`)).toBeTruthy();
    render(<ArenaCommand>show e1</ArenaCommand>);
    expect(screen.getByText(`./arena show e1 --url ${there}`)).toBeTruthy();
  });

  it.each([
    ['/arena/sets/x?a=1', '/arena/sets/x?a=1'],
    ['/arena/', '/arena/'],
    ['/arena/api/evaluations/1/tasks.csv', null],
    ['/arena/q/openapi', null],
    // Somebody else's, on the same host.
    ['/sets/x', null],
    ['/arena-of-others/sets/x', null],
  ])('a click on %s leads to %s within the page', (href, within) => {
    happyDOM.setURL('https://arena.example/arena/');
    document.body.innerHTML = `<a href="${href}">x</a>`;
    let address: string | null = null;
    const listener = (event: MouseEvent) => {
      address = pageAddress(event);
      event.preventDefault();
    };
    document.addEventListener('click', listener);
    document.querySelector('a')!.click();
    document.removeEventListener('click', listener);
    expect(address).toBe(within);
  });

  it('uploads to another platform on the same host are left alone', async () => {
    const kept = (path: string) => JSON.stringify({ uploadUrl: `https://arena.example${path}` });
    localStorage.setItem('tus::1', kept('/arena/api/uploads/mine'));
    localStorage.setItem('tus::2', kept('/other/api/uploads/theirs'));
    localStorage.setItem('tus::3', kept('/api/uploads/theirs'));
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path);
      return Response.json({ title: 'gone', status: 404 }, { status: 404 });
    });
    expect(await unfinished()).toEqual([]);
    expect(asked).toEqual(['/arena/api/uploads/mine']);
    expect(Object.keys(localStorage).sort()).toEqual(['tus::2', 'tus::3']);
  });
});
