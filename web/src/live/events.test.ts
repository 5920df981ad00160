import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Evaluation } from '../api/types';
import { HandSource } from '../testing/HandSource';
import { evaluation } from '../testing/samples';
import { activity, merged, progress, supersedes } from './activity';
import { type LiveStatus, listen } from './events';

describe('live events', () => {
  let sources: HandSource[];
  let heard: Evaluation[];
  let status: LiveStatus[];
  let gaps: number;
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    [sources, heard, status, gaps] = [[], [], [], 0];
    stop = listen('/api/events', { onEvaluation: (e) => heard.push(e), onStatus: (s) => status.push(s), onGap: () => gaps++ }, () => {
      const source = new HandSource();
      sources.push(source);
      return source;
    });
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it('are passed on, and a broken line does not stop the next', () => {
    sources[0]!.opened();
    sources[0]!.says('{"id":');
    sources[0]!.says('null');
    sources[0]!.says(JSON.stringify(evaluation({ unitsDone: 3 })));
    expect(heard.map((e) => e.unitsDone)).toEqual([3]);
    expect(status).toEqual(['connecting', 'live']);
  });

  it('leave reconnecting to the browser while it does so', () => {
    sources[0]!.opened();
    sources[0]!.broken(false);
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    sources[0]!.opened();
    expect(gaps).toBe(1);
    expect(status.at(-1)).toBe('live');
  });

  it('connect anew with growing waits once the browser has given up', () => {
    sources[0]!.broken(true);
    vi.advanceTimersByTime(1000);
    expect(sources).toHaveLength(2);
    sources[1]!.broken(true);
    vi.advanceTimersByTime(1999);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(3);
    sources[2]!.opened();
    expect(gaps).toBe(0); // never was connected before: nothing was missed
    sources[2]!.broken(true);
    vi.advanceTimersByTime(1000); // the wait is short again
    expect(sources).toHaveLength(4);
    sources[3]!.opened();
    expect(gaps).toBe(1);
  });

  it('end when nobody listens any more', () => {
    sources[0]!.broken(true);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    sources[0]!.says(JSON.stringify(evaluation()));
    expect(heard).toEqual([]);
  });
});

describe('evaluations by events', () => {
  it('never go back: an event that arrives late changes nothing', () => {
    const done = evaluation({ state: 'finished', unitsDone: 4 });
    expect(supersedes(evaluation({ unitsDone: 3 }), done)).toBe(false);
    expect(merged([done], evaluation({ unitsDone: 3 }))).toEqual([done]);
    expect(merged([evaluation({ unitsDone: 3 })], done)).toEqual([done]);
  });

  it('appear when they are new, newest first', () => {
    const old = evaluation({ id: 'old', createdAt: '2026-03-01T10:00:00Z' });
    const fresh = evaluation({ id: 'new', createdAt: '2026-03-01T11:00:00Z' });
    expect(merged([old], fresh).map((e) => e.id)).toEqual(['new', 'old']);
  });

  it('under way come first, then the last that ended', () => {
    const ended = (id: string, at: string) => evaluation({ id, state: 'finished', finishedAt: at });
    const list = [
      ended('a', '2026-03-01T10:00:00Z'),
      evaluation({ id: 'b' }),
      ended('c', '2026-03-01T12:00:00Z'),
      ended('d', '2026-03-01T11:00:00Z'),
    ];
    expect(activity(list, 2).map((e) => e.id)).toEqual(['b', 'c', 'd']);
  });

  it('tell how far they are', () => {
    const running = evaluation({ examplesDone: 25, exampleCount: 100, startedAt: '2026-03-01T12:00:00Z' });
    expect(progress(running)).toBe(0.25);
    expect(progress(evaluation({ exampleCount: 0 }))).toBe(0);
  });
});
