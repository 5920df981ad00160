import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../api/types';
import { evaluation } from '../testing/samples';
import { activity, merged, progress, supersedes } from './activity';
import { type LiveStatus, listen } from './events';
import type { LineListener } from './line';

describe('live events', () => {
  it('are read, a broken one is skipped, and what may have been missed is said', () => {
    const heard: Evaluation[] = [];
    const statuses: LiveStatus[] = [];
    let gaps = 0;
    let by: LineListener | undefined;
    listen({ onEvaluation: (e) => heard.push(e), onStatus: (s) => statuses.push(s), onGap: () => gaps++ }, (listener) => {
      by = listener;
      return () => undefined;
    });
    by!.onData('{"id":');
    by!.onData('null');
    by!.onData(JSON.stringify(evaluation({ unitsDone: 3 })));
    expect(heard.map((e) => e.unitsDone)).toEqual([3]);
    by!.onStatus('live');
    expect(gaps).toBe(0); // was live when the page began to listen, before it read anything
    by!.onStatus('lost');
    expect(gaps).toBe(0);
    by!.onStatus('live');
    expect(gaps).toBe(1);
    expect(statuses).toEqual(['live', 'lost', 'live']);
  });

  it('may have been missed while the first connection was made', () => {
    let gaps = 0;
    listen({ onEvaluation: () => undefined, onGap: () => gaps++ }, (listener) => {
      listener.onStatus('connecting');
      expect(gaps).toBe(0);
      listener.onStatus('live');
      return () => undefined;
    });
    expect(gaps).toBe(1);
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
