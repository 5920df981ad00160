import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { builtinEnvironments, type Environment } from 'vitest/runtime';

const browser = builtinEnvironments['happy-dom'];

/**
 * happy-dom with a console of its own that nobody reads: it writes every 404 and every request that a leaving page
 * gives up to the terminal, past what the test runner keeps for failed tests.
 */
const quietBrowser: Environment = {
  ...browser,
  name: 'quiet-browser',
  async setup(global: typeof globalThis, options) {
    const terminal = global.console;
    const unread = new PassThrough();
    unread.resume();
    global.console = new Console(unread);
    try {
      return await browser.setup(global, options);
    } finally {
      global.console = terminal;
    }
  },
};

export default quietBrowser;
