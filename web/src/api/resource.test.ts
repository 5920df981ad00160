// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AnsweringServer } from '../testing/server';
import { Problem } from './problem';
import { getJson } from './resource';

describe('an answer of the API', () => {
  let server: AnsweringServer;
  beforeAll(async () => {
    server = await AnsweringServer.start({
      '/good': { body: { rank: 1 } },
      '/refused': {
        status: 422,
        type: 'application/problem+json',
        body: { status: 422, title: 'Not a checkpoint', file: 'step_0', place: null, problem: 'It is empty.', remedy: 'Upload it again.' },
      },
      '/proxy': { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' },
      '/page': { type: 'text/html', body: '<!doctype html>' },
    });
  });
  afterAll(() => server.stop());

  const refusal = async (address: string): Promise<Problem> => {
    const error: unknown = await getJson(address).catch((e: unknown) => e);
    if (!(error instanceof Problem)) throw new Error(`expected a problem, got ${String(error)}`);
    return error;
  };

  it('is given as it is', async () => {
    expect(await getJson(`${server.origin}/good`)).toEqual({ rank: 1 });
  });

  it('that refuses keeps its reason, place and remedy', async () => {
    const { details, notFound } = await refusal(`${server.origin}/refused`);
    expect(details).toEqual({
      status: 422,
      title: 'Not a checkpoint',
      file: 'step_0',
      place: null,
      problem: 'It is empty.',
      remedy: 'Upload it again.',
    });
    expect(notFound).toBe(false);
  });

  it('of a proxy in between still has a title and a remedy', async () => {
    const { details } = await refusal(`${server.origin}/proxy`);
    expect(details.title).toBe('The platform answered with status 502');
    expect(details.problem).toBe('/proxy gave no reason.');
    expect(details.remedy).toBeTruthy();
  });

  it('that is no JSON is called so', async () => {
    expect((await refusal(`${server.origin}/page`)).details.title).toBe('The answer of the platform could not be read');
  });

  it('that does not come names what to check', async () => {
    const gone = await AnsweringServer.start({});
    await gone.stop();
    const { details } = await refusal(`${gone.origin}/good`);
    expect(details.status).toBe(0);
    expect(details.remedy).toContain('./arena up');
  });
});
