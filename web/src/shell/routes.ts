import { base } from '../api/base';
import type { Evaluation } from '../api/types';
import { type BoardView, readView, WHOLE_BOARD, writeView } from '../board/view';
import { ALL_TASKS, readTasks, type TasksView, writeTasks } from '../browse/tasksView';
import { isWhole, readWall, type WallView, WHOLE_WALL, writeWall } from '../evaluation/wallView';
import { type ListView, readList, WHOLE_LIST, writeList } from '../lists/listView';
import { type Picture, readPicture, WHOLE_PICTURE, writePicture } from '../plot/picture';
import { type Looks, readLooks, writeLooks } from '../task/looks';

/** So many evaluations stand side by side at most. */
export const MOST_COMPARED = 6;

/** The pages of the site. */
export type Route =
  | { readonly page: 'overview'; readonly picture: Picture }
  | { readonly page: 'set'; readonly name: string; readonly view: BoardView }
  | { readonly page: 'setTasks'; readonly name: string; readonly view: TasksView }
  | { readonly page: 'setTask'; readonly name: string; readonly id: string }
  | {
      readonly page: 'evaluation';
      readonly id: string;
      readonly view: WallView;
      readonly pageNumber: number;
      /** The improvement step that the tasks are looked at after; null for the end. */
      readonly step: number | null;
    }
  | {
      readonly page: 'task';
      readonly id: string;
      readonly index: number;
      readonly view: WallView;
      /** Place in the filtered and sorted list of tasks, which next and previous follow; null when the address does not say. */
      readonly at: number | null;
      readonly looks: Looks;
    }
  /** The puzzle set to begin with; null for none. */
  | { readonly page: 'submit'; readonly set: string | null }
  | { readonly page: 'newSet' }
  /** The puzzle set that was answered; null for none. */
  | { readonly page: 'newAnswers'; readonly set: string | null }
  /** Evaluations, and keys of published results to stand beside them. */
  | { readonly page: 'compare'; readonly ids: readonly string[]; readonly published: readonly string[] }
  /** The evaluation behind which its history goes on; null for the newest. */
  | { readonly page: 'model'; readonly name: string; readonly after: string | null }
  | { readonly page: 'operations' }
  | { readonly page: 'evaluations'; readonly view: ListView }
  | { readonly page: 'mine' }
  | { readonly page: 'models'; readonly view: ListView }
  | { readonly page: 'sets'; readonly view: ListView }
  | { readonly page: 'whyScoresDiffer' }
  | { readonly page: 'howToRead' }
  | { readonly page: 'docs' }
  /** What the page of somebody else shows of one of these. */
  | { readonly page: 'embed'; readonly of: Embeddable }
  | { readonly page: 'unknown'; readonly path: string };

export type Embeddable = Extract<Route, { readonly page: 'set' | 'evaluation' | 'task' }>;

/** Reads an address, without what it has in common with all; everything that is no page is 'unknown'. */
export function parseRoute(path: string, search: string): Route {
  const unknown: Route = { page: 'unknown', path };
  const query = new URLSearchParams(search);
  let parts: string[];
  try {
    parts = path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    return unknown;
  }
  const [first, second, third, fourth] = parts;
  if (first === undefined || (first === 'index.html' && parts.length === 1)) {
    return { page: 'overview', picture: readPicture(query) };
  }
  if (first === 'embed') {
    const of = parseRoute(path.replace(/^\/+embed/, ''), search);
    return of.page === 'set' || of.page === 'evaluation' || of.page === 'task' ? { page: 'embed', of } : unknown;
  }
  if (first === 'operations' && parts.length === 1) return { page: 'operations' };
  if (first === 'docs' && parts.length === 1) return { page: 'docs' };
  if (first === 'mine' && parts.length === 1) return { page: 'mine' };
  if ((first === 'evaluations' || first === 'models' || first === 'sets') && parts.length === 1)
    return { page: first, view: readList(query) };
  if (first === 'how-to-read' && parts.length === 1) return { page: 'howToRead' };
  if (first === 'why-scores-differ' && parts.length === 1) return { page: 'whyScoresDiffer' };
  if (first === 'sets' && second !== undefined && parts.length === 2) return { page: 'set', name: second, view: readView(search) };
  if (first === 'sets' && second !== undefined && third === 'tasks') {
    if (parts.length === 3) return { page: 'setTasks', name: second, view: readTasks(query) };
    return fourth !== undefined && parts.length === 4 ? { page: 'setTask', name: second, id: fourth } : unknown;
  }
  if (first === 'models' && second !== undefined && parts.length === 2) return { page: 'model', name: second, after: query.get('after') };
  if (first === 'compare' && parts.length === 1) {
    const ids = (query.get('e') ?? '').split(',').filter((id) => id !== '');
    return { page: 'compare', ids: [...new Set(ids)], published: query.getAll('p').slice(0, MOST_COMPARED) };
  }
  // As addresses were while there were only two.
  if (first === 'compare' && second !== undefined && third !== undefined && parts.length === 3) {
    return { page: 'compare', ids: [second, third], published: [] };
  }
  if (first === 'submit' && parts.length === 1) return { page: 'submit', set: query.get('set') };
  if (first === 'submit' && second === 'answers' && parts.length === 2) return { page: 'newAnswers', set: query.get('set') };
  if (first === 'puzzle-sets' && second === 'new' && parts.length === 2) return { page: 'newSet' };
  if (first !== 'evaluations' || second === undefined) return unknown;
  if (parts.length === 2) {
    const [pageNumber, step] = [whole(query.get('page'), 1) ?? 1, whole(query.get('step'), 1)];
    return { page: 'evaluation', id: second, view: readWall(query), pageNumber, step };
  }
  const index = whole(fourth ?? null, 0);
  if (third !== 'tasks' || parts.length !== 4 || index === null) return unknown;
  return { page: 'task', id: second, index, view: readWall(query), at: whole(query.get('at'), 0), looks: readLooks(query) };
}

function whole(text: string | null, least: number): number | null {
  if (text === null || !/^\d{1,9}$/.test(text)) return null;
  const n = Number(text);
  return n >= least ? n : null;
}

const part = encodeURIComponent;

/** Of one of these pages, what others show inside of theirs. @param address of the page, query and all */
export function embedOf(address: string): string {
  return `${base}/embed${address.slice(base.length)}`;
}

/** Addresses of the pages. */
export const to = {
  overview: (picture: Picture = WHOLE_PICTURE) => {
    const query = new URLSearchParams();
    writePicture(query, picture);
    const text = query.toString();
    return `${base}/${text ? `?${text}` : ''}`;
  },
  operations: () => `${base}/operations`,
  howToRead: () => `${base}/how-to-read`,
  docs: () => `${base}/docs`,
  evaluations: (view: ListView = WHOLE_LIST) => `${base}/evaluations${writeList(view)}`,
  mine: () => `${base}/mine`,
  models: (view: ListView = WHOLE_LIST) => `${base}/models${writeList(view)}`,
  sets: (view: ListView = WHOLE_LIST) => `${base}/sets${writeList(view)}`,
  whyScoresDiffer: () => `${base}/why-scores-differ`,
  set: (name: string, view: BoardView = WHOLE_BOARD) => `${base}/sets/${part(name)}${writeView(view)}`,
  setTasks: (name: string, view: TasksView = ALL_TASKS) => {
    const query = new URLSearchParams();
    writeTasks(query, view);
    const text = query.toString();
    return `${base}/sets/${part(name)}/tasks${text ? `?${text}` : ''}`;
  },
  /** @param id its name, or where tasks have none its number from 1 */
  setTask: (name: string, id: string) => `${base}/sets/${part(name)}/tasks/${part(id)}`,
  /** The board that an evaluation stands on: once it is finished, the one of its protocol. */
  boardOf: ({ puzzleSet, state, protocol }: Pick<Evaluation, 'puzzleSet' | 'state' | 'protocol'>): string =>
    to.set(puzzleSet, state === 'finished' && protocol ? { ...WHOLE_BOARD, protocol: protocol.key } : WHOLE_BOARD),
  submit: (set: string | null = null) => `${base}/submit${set === null ? '' : `?set=${part(set)}`}`,
  newAnswers: (set: string | null = null) => `${base}/submit/answers${set === null ? '' : `?set=${part(set)}`}`,
  newSet: () => `${base}/puzzle-sets/new`,
  model: (name: string, after: string | null = null) => `${base}/models/${part(name)}${after === null ? '' : `?after=${part(after)}`}`,
  compare: (ids: readonly string[], published: readonly string[] = []) =>
    `${base}/compare?e=${ids.map(part).join(',')}${published.map((key) => `&p=${part(key)}`).join('')}`,
  evaluation: (id: string, view: WallView = WHOLE_WALL, pageNumber = 1, step: number | null = null) => {
    const query = new URLSearchParams();
    writeWall(query, view);
    if (pageNumber > 1) query.set('page', String(pageNumber));
    if (step !== null) query.set('step', String(step));
    const text = query.toString();
    return `${base}/evaluations/${part(id)}${text ? `?${text}` : ''}`;
  },
  task: (id: string, index: number, view: WallView = WHOLE_WALL, at: number | null = null, looks: Looks = []) => {
    const query = new URLSearchParams();
    writeWall(query, view);
    if (!isWhole(view) && at !== null) query.set('at', String(at));
    writeLooks(query, looks);
    const text = query.toString();
    return `${base}/evaluations/${part(id)}/tasks/${index}${text ? `?${text}` : ''}`;
  },
};
