// @vitest-environment node
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

interface Report {
  readonly totals: { readonly errors: number; readonly warnings: number };
  readonly problems: readonly { readonly ruleId: string; readonly message: string }[];
}

/** By a public linter's recommended rules, see redocly.yaml; nothing is told to anybody, and nothing is asked for. */
it('the API document keeps the rules that others read by', () => {
  const lint = spawnSync(process.execPath, ['node_modules/@redocly/cli/bin/cli.js', 'lint', 'src/api/openapi.json', '--format=json'], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true', CI: 'true' },
  });
  const { totals, problems } = JSON.parse(lint.stdout) as Report;
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  expect(totals).toMatchObject({ errors: 0, warnings: 0 });
  expect(lint.status).toBe(0);
}, 60_000);
