import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DocsPage } from './DocsPage';
import { type ApiDocument, curlOf, operationsOf, rulesOf } from './openApi';

const DOCUMENT = JSON.parse(readFileSync('src/api/openapi.json', 'utf8')) as ApiDocument;
const NAMED = new Map(operationsOf(DOCUMENT).map((operation) => [operation.operationId, operation]));

beforeEach(() => {
  history.replaceState(null, '', '/docs');
  vi.stubGlobal('fetch', async (path: string) => (path === '/q/openapi' ? Response.json(DOCUMENT) : new Response('', { status: 404 })));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function opened(id: string): HTMLElement {
  const details = document.getElementById(id) as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  return details;
}

it('every operation is found under its tag, and by words', async () => {
  render(<DocsPage />);
  const evaluations = await screen.findByRole('region', { name: 'Evaluations' });
  expect(within(evaluations).getByText('/api/compare')).toBeTruthy();
  expect([...NAMED.keys()].filter((id) => document.getElementById(id) === null)).toEqual([]);
  expect(Object.keys(DOCUMENT.components.schemas).filter((name) => document.getElementById(`type-${name}`) === null)).toEqual([]);
  fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'post api/evaluations' } });
  await waitFor(() => expect(document.getElementById('compareEvaluations')).toBeNull());
  expect(document.getElementById('startEvaluation')).not.toBeNull();
});

it('an operation says what it takes and answers, in types that are a link away', async () => {
  render(<DocsPage />);
  await screen.findByRole('heading', { name: 'Types' });
  const list = opened('listEvaluations');
  const parameters = await within(list).findByRole('region', { name: 'Parameters of listEvaluations' });
  expect(
    within(parameters)
      .getByRole('rowheader', { name: /^limit/ })
      .closest('tr')?.textContent,
  ).toContain('at most 200');
  const answers = within(list).getByRole('region', { name: 'Answers of listEvaluations' });
  expect(within(answers).getByRole('link', { name: 'EvaluationPage' }).getAttribute('href')).toBe('#type-EvaluationPage');
  const type = opened('type-EvaluationPage');
  expect((await within(type).findByRole('rowheader', { name: 'evaluations' })).closest('tr')?.textContent).toContain(
    'list of EvaluationView',
  );
});

it('what the address names is open', async () => {
  history.replaceState(null, '', '/docs#getEvaluation');
  render(<DocsPage />);
  await screen.findByRole('heading', { name: 'Types' });
  await waitFor(() => expect(document.getElementById('getEvaluation')?.hasAttribute('open')).toBe(true));
});

it('an operation has its line for a terminal, with what it must be given', () => {
  expect(curlOf(NAMED.get('compareEvaluations')!, DOCUMENT, 'http://a')).toBe("curl 'http://a/api/compare?e=…'");
  const rank = curlOf(NAMED.get('rankPuzzleSet')!, DOCUMENT, 'http://a');
  expect(rank).toBe(
    `curl -X PUT -H 'Content-Type: application/json' -d '{"metric":"exact_accuracy"}' 'http://a/api/puzzle-sets/{name}/ranking'`,
  );
});

it('rules are told in words', () => {
  expect(rulesOf({ type: 'integer', minimum: 1, maximum: 200, default: 50 })).toBe('at least 1, at most 200, by default 50');
});
