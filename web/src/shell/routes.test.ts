import { describe, expect, it } from 'vitest';
import { matching, pageCount, pageLinks, verdict, verdictWords } from '../evaluation/verdict';
import { neighbourKey, neighbours } from '../task/neighbours';
import type { TaskPage } from '../api/types';
import { pageAddress } from './navigation';
import { evaluation, protocol } from '../testing/samples';
import { WHOLE_BOARD } from '../board/view';
import { parseRoute, to } from './routes';

describe('addresses', () => {
  it('lead to their pages and back', () => {
    const follow = (address: string) => {
      const url = new URL(address, 'http://localhost');
      return parseRoute(url.pathname, url.search);
    };
    expect(follow(to.overview())).toEqual({ page: 'overview' });
    expect(follow(to.set('my set/1'))).toEqual({ page: 'set', name: 'my set/1', view: WHOLE_BOARD });
    const view = { ...WHOLE_BOARD, without: 'b/c', protocol: '16-steps.bfloat16.early' };
    expect(follow(to.set('a', view))).toEqual({ page: 'set', name: 'a', view });
    expect(follow(to.evaluation('e1', 'wrong', 3))).toEqual({ page: 'evaluation', id: 'e1', only: 'wrong', pageNumber: 3 });
    expect(follow(to.submit())).toEqual({ page: 'submit', set: null });
    expect(follow(to.submit('a/b'))).toEqual({ page: 'submit', set: 'a/b' });
    expect(follow(to.newSet())).toEqual({ page: 'newSet' });
    expect(follow(to.task('e1', 7, 'right', 2))).toEqual({ page: 'task', id: 'e1', index: 7, only: 'right', at: 2 });
    expect(follow(to.task('e1', 7))).toEqual({ page: 'task', id: 'e1', index: 7, only: 'all', at: null });
  });

  it.each(['/nothing', '/sets', '/sets/a/b', '/submit/a', '/puzzle-sets/a', '/evaluations', '/evaluations/e1/tasks', '/evaluations/e1/tasks/-1', '/evaluations/e1/tasks/1/2', '/%E0%A4%A'])(
    '%s is no page',
    (path) => expect(parseRoute(path, '').page).toBe('unknown'),
  );

  it('with nonsense in the query fall back to the first page of all tasks', () => {
    expect(parseRoute('/evaluations/e1', '?only=maybe&page=0')).toEqual({ page: 'evaluation', id: 'e1', only: 'all', pageNumber: 1 });
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
  tasks: [4, 9, 12].map((index) => ({ index, name: `t${index}`, outputs: 1, solved: 0, wrongCells: 2, thumbnail: null })),
};

describe('walking through tasks', () => {
  it('follows the filtered list and remembers the place in it', () => {
    expect(neighbours({ id: 'e', only: 'wrong', at: 1 }, page)).toEqual({
      previous: '/evaluations/e/tasks/4?only=wrong&at=0',
      next: '/evaluations/e/tasks/12?only=wrong&at=2',
      words: 'wrong task 2 of 3',
      ahead: [
        '/api/evaluations/e/tasks/12',
        '/api/evaluations/e/tasks?offset=1&limit=3&only=wrong',
        '/api/evaluations/e/tasks/4',
        '/api/evaluations/e/tasks?offset=0&limit=2&only=wrong',
      ],
    });
  });

  it('ends at both ends', () => {
    expect(neighbours({ id: 'e', only: 'wrong', at: 0 }, page).previous).toBeNull();
    expect(neighbours({ id: 'e', only: 'wrong', at: 1 }, { ...page, tasks: page.tasks.slice(0, 2) }).next).toBeNull();
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
  const of = (outputs: number, solved: number, wrongCells: number | null = null) => ({ outputs, solved, wrongCells });
  it('is right only with every output solved', () => {
    expect([verdict(of(1, 1)), verdict(of(2, 1)), verdict(of(2, 0))]).toEqual(['right', 'partly', 'wrong']);
  });

  it('says how wrong', () => {
    expect([of(1, 1), of(3, 2), of(1, 0, 3), of(1, 0, 1), of(1, 0)].map(verdictWords)).toEqual([
      'right', '2 of 3 right', '3 cells wrong', '1 cell wrong', 'wrong',
    ]);
  });
});

describe('pages of a gallery', () => {
  it('are counted from what the filter leaves', () => {
    expect([matching(page, 'all'), matching(page, 'right'), matching(page, 'wrong')]).toEqual([43, 40, 3]);
    expect([0, 1, 60, 61].map(pageCount)).toEqual([1, 1, 1, 2]);
  });

  it('link the ends and the neighbours', () => {
    expect(pageLinks(1, 1)).toEqual([1]);
    expect(pageLinks(5, 10)).toEqual([1, null, 4, 5, 6, null, 10]);
    expect(pageLinks(4, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
