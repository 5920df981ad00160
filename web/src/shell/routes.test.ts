import { describe, expect, it } from 'vitest';
import type { TaskPage, TaskSummary, TaskVerdict } from '../api/types';
import { WHOLE_BOARD } from '../board/view';
import { ALL_TASKS } from '../browse/tasksView';
import { filterName, matching, pageCount, pageLinks, verdictSign, verdictWords } from '../evaluation/verdict';
import { mostCandidates, sortsOf, WHOLE_WALL } from '../evaluation/wallView';
import { WHOLE_PICTURE } from '../plot/picture';
import { neighbourKey, neighbours } from '../task/neighbours';
import { evaluation, protocol, summary } from '../testing/samples';
import { pageAddress } from './navigation';
import { embedOf, parseRoute, to } from './routes';

describe('addresses', () => {
  it('lead to their pages and back', () => {
    const follow = (address: string) => {
      const url = new URL(address, 'http://localhost');
      return parseRoute(url.pathname, url.search);
    };
    expect(follow(to.overview())).toEqual({ page: 'overview', picture: WHOLE_PICTURE });
    const picture = { axis: 'compute', split: 'semi-private' } as const;
    expect(follow(to.overview(picture))).toEqual({ page: 'overview', picture });
    expect(follow(to.set('my set/1'))).toEqual({ page: 'set', name: 'my set/1', view: WHOLE_BOARD });
    expect(follow(to.setTasks('my set/1'))).toEqual({ page: 'setTasks', name: 'my set/1', view: ALL_TASKS });
    const found = { find: 'ab c', size: 'large', colours: [0, 8], solved: 'nobody', sort: '-solved', after: 59 } as const;
    expect(follow(to.setTasks('a', found))).toEqual({ page: 'setTasks', name: 'a', view: found });
    expect(follow('/sets/a/tasks?size=huge&colours=x&solved=some&sort=luck&after=-1')).toEqual({
      page: 'setTasks',
      name: 'a',
      view: ALL_TASKS,
    });
    expect(follow(to.setTask('a/b', 'x y'))).toEqual({ page: 'setTask', name: 'a/b', id: 'x y' });
    const view = { ...WHOLE_BOARD, without: 'b/c', protocol: '16-steps.bfloat16.early' };
    expect(follow(to.set('a', view))).toEqual({ page: 'set', name: 'a', view });
    const wall = { only: 'later', sort: '-halt' } as const;
    expect(follow(to.evaluation('e1', wall, 3))).toEqual({ page: 'evaluation', id: 'e1', view: wall, pageNumber: 3, step: null });
    expect(follow(to.evaluation('e1', wall, 1, 7))).toEqual({ page: 'evaluation', id: 'e1', view: wall, pageNumber: 1, step: 7 });
    expect(follow(to.submit())).toEqual({ page: 'submit', set: null });
    expect(follow(to.submit('a/b'))).toEqual({ page: 'submit', set: 'a/b' });
    expect(follow(to.model('a/b. c?'))).toEqual({ page: 'model', name: 'a/b. c?', after: null });
    expect(follow(to.model('a', 'e1'))).toEqual({ page: 'model', name: 'a', after: 'e1' });
    const list = { after: 'e 1', filter: 'a b&c' };
    expect(follow(to.evaluations(list))).toEqual({ page: 'evaluations', view: list });
    expect(follow(to.docs())).toEqual({ page: 'docs' });
    expect(follow(to.mine())).toEqual({ page: 'mine' });
    expect(follow(to.models(list))).toEqual({ page: 'models', view: list });
    expect(follow(to.sets())).toEqual({ page: 'sets', view: { after: null, filter: '' } });
    expect(follow(to.newSet())).toEqual({ page: 'newSet' });
    expect(follow(to.newAnswers())).toEqual({ page: 'newAnswers', set: null });
    expect(follow(to.newAnswers('a/b'))).toEqual({ page: 'newAnswers', set: 'a/b' });
    expect(follow(to.task('e1', 7, wall, 2))).toEqual({ page: 'task', id: 'e1', index: 7, view: wall, at: 2, looks: [] });
    const sorted = { ...WHOLE_WALL, sort: 'cells' } as const;
    expect(follow(to.task('e1', 7, sorted, 2))).toEqual({ page: 'task', id: 'e1', index: 7, view: sorted, at: 2, looks: [] });
    expect(follow(to.task('e1', 7))).toEqual({ page: 'task', id: 'e1', index: 7, view: WHOLE_WALL, at: null, looks: [] });
    const looks = [
      { step: null, candidate: 3 },
      { step: 7, candidate: null },
    ];
    expect(follow(to.task('e1', 7, WHOLE_WALL, null, looks))).toMatchObject({ page: 'task', looks });
  });

  it.each([
    '/nothing',
    '/mine/e1',
    '/sets/a/b',
    '/sets/a/tasks/b/c',
    '/models/a/b',
    '/submit/a',
    '/puzzle-sets/a',
    '/evaluations/e1/tasks',
    '/evaluations/e1/tasks/-1',
    '/evaluations/e1/tasks/1/2',
    '/embed',
    '/embed/submit',
    '/embed/embed/sets/a',
    '/%E0%A4%A',
  ])('%s is no page', (path) => expect(parseRoute(path, '').page).toBe('unknown'));

  it('are embedded with what they say', () => {
    const follow = (address: string) => {
      const url = new URL(address, 'http://localhost');
      return parseRoute(url.pathname, url.search);
    };
    for (const address of [to.evaluation('e1', WHOLE_WALL, 1, 7), to.task('e1', 3), to.set('a/b')]) {
      expect(follow(embedOf(address))).toEqual({ page: 'embed', of: follow(address) });
    }
  });

  it('with nonsense in the query fall back to the first page of all tasks', () => {
    expect(parseRoute('/evaluations/e1', '?only=maybe&sort=toString&page=0&step=0')).toEqual({
      page: 'evaluation',
      id: 'e1',
      view: WHOLE_WALL,
      pageNumber: 1,
      step: null,
    });
  });
});

it('the board of an evaluation is the one of its protocol, which may not be there before it is finished', () => {
  const early = protocol({ key: '16-steps.float32.early' });
  expect(to.boardOf(evaluation({ puzzleSet: 'a', state: 'finished', protocol: early }))).toBe('/sets/a?protocol=16-steps.float32.early');
  expect(to.boardOf(evaluation({ puzzleSet: 'a', state: 'running', protocol: early }))).toBe('/sets/a');
});

describe('a click on a link', () => {
  const click = (html: string, init: MouseEventInit = {}) => {
    document.body.innerHTML = html;
    let address: string | null = null;
    const listener = (event: MouseEvent) => {
      address = pageAddress(event);
      event.preventDefault();
    };
    document.addEventListener('click', listener);
    document.querySelector('a span, a')!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
    document.removeEventListener('click', listener);
    return address;
  };

  it('to a page of this site stays in the page', () => {
    expect(click('<a href="/sets/x?a=1"><span>x</span></a>')).toBe('/sets/x?a=1');
  });

  it.each([
    ['the API', '<a href="/api/evaluations/1/submission.json">x</a>', {}],
    ['a download', '<a href="/sets/x" download>x</a>', {}],
    ['another site', '<a href="http://elsewhere.test/sets/x">x</a>', {}],
    ['a new tab', '<a href="/sets/x">x</a>', { ctrlKey: true }],
    ['a new window', '<a href="/sets/x" target="_blank">x</a>', {}],
  ])('to %s is left to the browser', (_, html, init) => expect(click(html, init)).toBeNull());
});

const page: TaskPage = {
  total: 3,
  right: 40,
  wrong: 3,
  solutionsHidden: false,
  next: null,
  verdicts: [
    { verdict: 'right', tasks: 40 },
    { verdict: 'wrong', tasks: 3 },
  ],
  tasks: [4, 9, 12].map((index) => summary({ index, name: `t${index}`, verdict: 'wrong', solved: 0, wrongCells: 2 })),
};

const WRONG = { ...WHOLE_WALL, only: 'wrong' } as const;

describe('walking through tasks', () => {
  it('follows the filtered list and remembers the place in it', () => {
    expect(neighbours({ id: 'e', view: WRONG, at: 1 }, page)).toEqual({
      previous: '/evaluations/e/tasks/4?only=wrong&at=0',
      next: '/evaluations/e/tasks/12?only=wrong&at=2',
      words: 'wrong: task 2 of 3',
      ahead: [
        '/api/evaluations/e/tasks/12',
        '/api/evaluations/e/tasks?offset=1&limit=3&only=wrong',
        '/api/evaluations/e/tasks/4',
        '/api/evaluations/e/tasks?offset=0&limit=2&only=wrong',
      ],
    });
  });

  it('ends at both ends', () => {
    expect(neighbours({ id: 'e', view: WRONG, at: 9999 }, { ...page, tasks: [] }).words).toBe('wrong: 3 tasks');
    expect(neighbours({ id: 'e', view: WRONG, at: 0 }, page).previous).toBeNull();
    expect(neighbours({ id: 'e', view: WRONG, at: 1 }, { ...page, tasks: page.tasks.slice(0, 2) }).next).toBeNull();
  });

  it('goes by the arrow keys, except where these scroll or type', () => {
    const press = (html: string, init: KeyboardEventInit) => {
      document.body.innerHTML = html;
      const event = new KeyboardEvent('keydown', { bubbles: true, ...init });
      document.body.firstElementChild!.dispatchEvent(event);
      return neighbourKey(event);
    };
    expect(press('<p></p>', { key: 'ArrowRight' })).toBe('next');
    expect(press('<p></p>', { key: 'ArrowLeft' })).toBe('previous');
    expect(press('<p></p>', { key: 'ArrowLeft', altKey: true })).toBeNull();
    expect(press('<input>', { key: 'ArrowLeft' })).toBeNull();
    expect(press('<div role="region"></div>', { key: 'ArrowLeft' })).toBeNull();
  });
});

describe('a task’s verdict', () => {
  const of = (verdict: TaskVerdict | null, changes: Partial<TaskSummary> = {}) =>
    summary({ verdict, solutionRank: null, rightCells: null, ...changes });

  it('says at which candidate an ARC task is solved', () => {
    const solved = [of('first', { solutionRank: 1 }), of('second', { solutionRank: 2 }), of('later', { solutionRank: 17 })];
    expect(solved.map(verdictSign)).toEqual(['at 1', 'at 2', 'at 17']);
    expect(solved.map(verdictWords)).toEqual(['solved at 1', 'solved at 2', 'solved at 17']);
    expect(verdictWords(of('partly', { outputs: 2 }))).toBe('partly solved, 2 test outputs');
    expect(verdictWords(of('never', { outputs: 1, wrongCells: null }))).toBe('never solved');
  });

  it('says how wrong', () => {
    expect(verdictWords(of('wrong', { wrongCells: 2, rightCells: 0.875 }))).toBe('wrong, 2 cells wrong, 87.50% of the cells right');
    expect(verdictSign(of('wrong', { wrongCells: 6 }))).toBe('6 cells');
    expect(verdictWords(of('never', { outputs: 2, wrongCells: 3, rightCells: 0.5 }))).toBe('never solved, 50.00% of the cells right');
  });

  it('is not known where the solution is hidden', () => {
    expect([verdictSign(of(null)), verdictWords(of(null))]).toEqual(['hidden', 'solution hidden']);
  });
});

describe('the wall', () => {
  it('names the candidates that count by the largest K of the scores', () => {
    expect(mostCandidates(evaluation({ scores: { 'pass@2': 0.5, 'pass@1000': 0.7, 'pass@10': 0.6, kaggle: 0.5 } }))).toBe(1000);
    expect(filterName('later', 1000)).toBe('in the top 1,000');
    expect(mostCandidates(evaluation({ scores: { accuracy: 1 } }))).toBeNull();
  });

  it('is not sorted by what nobody knows, nor by votes where nobody votes', () => {
    expect(sortsOf('arc', true)).toEqual(['number', 'name', '-halt', 'halt', '-votes', 'votes']);
    expect(sortsOf('sudoku', false)).toEqual(['number', 'name', 'verdict', '-verdict', '-halt', 'halt', '-cells', 'cells']);
  });
});

describe('pages of a gallery', () => {
  it('are counted from what the filter leaves', () => {
    expect([matching(page, 'all'), matching(page, 'right'), matching(page, 'wrong')]).toEqual([43, 40, 3]);
    expect(matching({ ...page, verdicts: [{ verdict: 'later', tasks: 7 }] }, 'later')).toBe(7);
    expect([0, 1, 500, 501].map(pageCount)).toEqual([1, 1, 1, 2]);
  });

  it('link the ends and the neighbours', () => {
    expect(pageLinks(1, 1)).toEqual([1]);
    expect(pageLinks(5, 10)).toEqual([1, null, 4, 5, 6, null, 10]);
    expect(pageLinks(4, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
