import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HandSource } from '../testing/HandSource';
import { hub, type Port, type ToHub, type ToTab } from './hub';
import { type Hub, line } from './line';
import type { LiveStatus } from './source';

let sources: HandSource[];
let join: (port: Port) => void;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  join = hub(
    'evaluation',
    () => {
      const source = new HandSource();
      sources.push(source);
      return source;
    },
    5000,
  );
});
afterEach(() => vi.useRealTimers());

/** A tab as the hub sees it. */
class Tab implements Port {
  onmessage: ((event: MessageEvent<ToHub>) => unknown) | null = null;
  heard: ToTab[] = [];

  constructor() {
    join(this);
  }

  postMessage(message: ToTab): void {
    this.heard.push(message);
  }

  says(data: ToHub): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }

  get data(): string[] {
    return this.heard.flatMap((message) => ('data' in message ? [message.data] : []));
  }
}

describe('the hub', () => {
  it('has one stream for twelve tabs, and tells each all of it', () => {
    const tabs = Array.from({ length: 12 }, () => new Tab());
    for (const tab of tabs) tab.says('wanted');
    expect(sources).toHaveLength(1);
    sources[0]!.opened();
    sources[0]!.says('one');
    for (const tab of tabs) expect(tab.heard).toEqual([{ status: 'connecting' }, { status: 'live' }, { data: 'one' }]);
    const late = new Tab();
    expect(late.heard).toEqual([{ status: 'live' }]);
  });

  it('goes on when the tab goes for which it began', () => {
    const [first, second] = [new Tab(), new Tab()];
    first.says('wanted');
    second.says('wanted');
    sources[0]!.opened();
    first.says('gone');
    vi.advanceTimersByTime(60_000);
    sources[0]!.says('one');
    expect(sources).toHaveLength(1);
    expect(second.data).toEqual(['one']);
    expect(first.data).toEqual([]);
  });

  it('closes a while after the last tab is hidden, tells hidden ones as long, and opens again for the first that is seen', () => {
    const [first, second] = [new Tab(), new Tab()];
    first.says('wanted');
    sources[0]!.opened();
    sources[0]!.says('one');
    expect(second.data).toEqual(['one']);
    first.says('unwanted');
    vi.advanceTimersByTime(4999);
    expect(sources[0]!.readyState).toBe(1);
    vi.advanceTimersByTime(1);
    expect(sources[0]!.readyState).toBe(2);
    expect(first.heard.at(-1)).toEqual({ status: 'connecting' });
    second.says('wanted');
    expect(sources).toHaveLength(2);
    sources[1]!.opened();
    expect(first.heard.at(-1)).toEqual({ status: 'live' });
  });

  it('stays open when another tab is shown in time', () => {
    const [first, second] = [new Tab(), new Tab()];
    first.says('wanted');
    first.says('unwanted');
    vi.advanceTimersByTime(1000);
    second.says('wanted');
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    expect(sources[0]!.readyState).toBe(0);
  });
});

describe('a tab', () => {
  let said: ToHub[];
  let hubs: Hub[];
  let broken: () => void;
  const statuses: LiveStatus[] = [];
  const heard: string[] = [];
  const listener = { onStatus: (s: LiveStatus) => statuses.push(s), onData: (d: string) => heard.push(d) };

  const stops: (() => void)[] = [];

  const listen = () => {
    const join = line((onBroken) => {
      broken = onBroken;
      const joined: Hub = { onmessage: null, postMessage: (message) => said.push(message) };
      hubs.push(joined);
      return joined;
    });
    return (heard = listener) => {
      const stop = join(heard);
      stops.push(stop);
      return stop;
    };
  };
  const says = (data: ToTab) => hubs.at(-1)!.onmessage!(new MessageEvent('message', { data }));
  const hidden = (is: boolean) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: is });
    document.dispatchEvent(new Event('visibilitychange'));
  };

  beforeEach(() => {
    [said, hubs] = [[], []];
    [statuses.length, heard.length] = [0, 0];
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
    Reflect.deleteProperty(document, 'hidden');
  });

  it('wants events while it is seen and something listens, and hears them whether or not', () => {
    const stop = listen()();
    expect(said).toEqual(['wanted']);
    says({ status: 'live' });
    hidden(true);
    expect(said.at(-1)).toBe('unwanted');
    says({ data: 'one' });
    hidden(false);
    expect(said.at(-1)).toBe('wanted');
    stop();
    expect(said.at(-1)).toBe('unwanted');
    says({ data: 'two' });
    expect(heard).toEqual(['one']);
    expect(statuses).toEqual(['connecting', 'live']);
  });

  it('joins once for all that listen, and a later one knows how it is', () => {
    const join = listen();
    join();
    says({ status: 'live' });
    statuses.length = 0;
    join({ ...listener });
    expect(hubs).toHaveLength(1);
    expect(statuses).toEqual(['live']);
  });

  it('says that it goes, and joins again when it is shown as it was left', () => {
    listen()();
    dispatchEvent(new Event('pagehide'));
    expect(said.at(-1)).toBe('gone');
    dispatchEvent(new Event('pageshow'));
    expect(hubs).toHaveLength(2);
    expect(said.at(-1)).toBe('wanted');
  });

  it('joins another hub where the first cannot be started', () => {
    listen()();
    broken();
    expect(hubs).toHaveLength(2);
    expect(said).toEqual(['wanted', 'wanted']);
  });
});
