import type { ProblemDetails } from './types';

/** The API's answer was no, or there was none. Says what is wrong, where, and what to do. */
export class Problem extends Error {
  constructor(readonly details: ProblemDetails) {
    super(details.title);
    this.name = 'Problem';
  }

  get notFound(): boolean {
    return this.details.status === 404;
  }
}

/** Nothing answered at all. */
export function unreachable(): Problem {
  return new Problem({
    status: 0,
    title: 'The platform does not answer',
    remedy: 'Check that ./arena up is still running and that this page may reach it; the page then continues by itself.',
  });
}

/** What to show of anything that asking the platform threw. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : unreachable();
}

/** Reads a refusal, also one that some proxy in between wrote in its own way. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  return refusal(response.status, body, response.url ? new URL(response.url).pathname : 'It');
}

/** @param body as parsed; null when it was no JSON */
export function refusal(status: number, body: unknown, path: string): Problem {
  if (isObject(body) && typeof body.title === 'string') {
    return new Problem({
      status,
      title: body.title,
      file: text(body.file),
      place: text(body.place),
      problem: text(body.problem),
      remedy: text(body.remedy),
    });
  }
  return new Problem({
    status,
    title: `The platform answered with status ${status}`,
    problem: `${path} gave no reason.`,
    remedy: 'Try again; if it stays so, the log of leaderboard-api says more.',
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
