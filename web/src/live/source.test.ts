import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HandSource } from '../testing/HandSource';
import { follow, type LiveStatus } from './source';

let sources: HandSource[];
let heard: string[];
let status: LiveStatus[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  [sources, heard, status] = [[], [], []];
  const open = () => {
    const source = new HandSource();
    sources.push(source);
    return source;
  };
  stop = follow('evaluation', open, { onData: (data) => heard.push(data), onStatus: (s) => status.push(s) });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it('passes on what comes, and leaves reconnecting to the browser while it does so', () => {
  sources[0]!.opened();
  sources[0]!.says('one');
  sources[0]!.broken(false);
  vi.advanceTimersByTime(60_000);
  expect(sources).toHaveLength(1);
  sources[0]!.opened();
  expect(heard).toEqual(['one']);
  expect(status).toEqual(['live', 'lost', 'live']);
});

it('connects anew with growing waits once the browser has given up', () => {
  sources[0]!.broken(true);
  vi.advanceTimersByTime(1000);
  expect(sources).toHaveLength(2);
  sources[1]!.broken(true);
  vi.advanceTimersByTime(1999);
  expect(sources).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(sources).toHaveLength(3);
  sources[2]!.opened();
  sources[2]!.broken(true);
  vi.advanceTimersByTime(1000); // the wait is short again
  expect(sources).toHaveLength(4);
});

it('ends when nobody listens any more', () => {
  sources[0]!.broken(true);
  stop();
  vi.advanceTimersByTime(60_000);
  expect(sources).toHaveLength(1);
  sources[0]!.says('one');
  expect(heard).toEqual([]);
});
