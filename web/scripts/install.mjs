// Runs `npm ci` only when node_modules does not match package-lock.json, and never for longer than LIMIT:
// an npm call behind a silent network can hang for ever, and with it the whole Maven build.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const LIMIT_MILLIS = 240_000;
const ATTEMPTS = 2;
const stamp = 'node_modules/.installed-from';
const wanted = createHash('sha256')
  .update(readFileSync('package-lock.json'))
  .update(readFileSync('package.json'))
  .update(`${process.platform} ${process.arch} node ${process.versions.node.split('.')[0]}`)
  .digest('hex');

// "^20.19.0 || ^22.12.0 || >=24.0.0", as ./arena reads it.
const range = JSON.parse(readFileSync('package.json', 'utf8')).engines.node;
const [major, minor] = process.versions.node.split('.').map(Number);
const suits = range.split('||').some((part) => {
  const [, sign, least, leastMinor] = /^(\^|>=)(\d+)\.(\d+)/.exec(part.trim());
  return (major === Number(least) && minor >= Number(leastMinor)) || (sign === '>=' && major > Number(least));
});
if (!suits) {
  console.error(`web: the page is not built by Node ${process.versions.node}; install one of ${range}.`);
  process.exit(1);
}
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
  process.exit(0);
}

/** Resolves to npm's exit status, or to the reason why it was stopped. */
function npmCi() {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32';
    const npm = spawn(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: !windows, // its own process group, so that its children can be ended with it
      shell: windows,
    });
    const timer = setTimeout(() => {
      if (windows) npm.kill();
      else process.kill(-npm.pid, 'SIGKILL');
      resolve(`it did not end within ${LIMIT_MILLIS / 1000} s`);
    }, LIMIT_MILLIS);
    npm.on('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    npm.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 'it was killed');
    });
  });
}

for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
  const result = await npmCi();
  if (result === 0) {
    writeFileSync(stamp, wanted);
    process.exit(0);
  }
  console.error(`web: npm ci, attempt ${attempt} of ${ATTEMPTS}: ${typeof result === 'number' ? `exit status ${result}` : result}`);
}
console.error(
  'web: the packages of the page could not be installed; check that the npm registry can be reached (npm ping), then build again.',
);
process.exit(1);
