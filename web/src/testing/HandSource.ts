import type { Source } from '../live/source';

/** The browser's side of a connection, moved by hand. */
export class HandSource implements Source {
  readyState = 0;
  onopen: ((event: Event) => unknown) | null = null;
  onerror: ((event: Event) => unknown) | null = null;
  private readonly listeners: ((event: MessageEvent<string>) => void)[] = [];

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    if (type === 'evaluation') this.listeners.push(listener);
  }

  close(): void {
    this.readyState = 2;
  }

  opened(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  /** forGood: an error status, after which a browser does not try again. */
  broken(forGood: boolean): void {
    this.readyState = forGood ? 2 : 0;
    this.onerror?.(new Event('error'));
  }

  says(data: string): void {
    for (const listener of this.listeners) listener(new MessageEvent('evaluation', { data }));
  }
}
