import type { DetailedError, HttpRequest, HttpResponse, PreviousUpload, Upload } from 'tus-js-client';
import { api } from '../api/paths';
import { type Problem, refusal, unreachable } from '../api/problem';

/** What a lost connection costs at most, and how often the platform tells what it has on disk. */
const PIECE = 64 * 1024 * 1024;
/** A service that was killed is back within these. */
const RETRY_MILLIS = [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000];

interface Listener {
  readonly onSent: (sent: number) => void;
  readonly onDone: (id: string) => void;
  readonly onProblem: (problem: Problem) => void;
}

/** A file on its way. */
export interface Sending {
  readonly pause: () => void;
  readonly resume: () => void;
  /** Gives the upload up, here and at the platform. */
  readonly forget: () => void;
}

/**
 * Sends a file by the tus protocol. A file that was sent in part before, even before the page was loaded, goes on where it
 * stopped: its address is kept in localStorage under its name, size and date.
 */
export function sendFile(file: File, listener: Listener): Sending {
  let upload: Upload | null = null;
  // What is wanted may change while the library is still on its way.
  let wanted: 'send' | 'pause' | 'forget' = 'send';
  void begin();
  return {
    pause: () => {
      wanted = 'pause';
      void upload?.abort();
    },
    resume: () => {
      wanted = 'send';
      upload?.start();
    },
    forget: () => {
      wanted = 'forget';
      void upload?.abort(true).catch(() => undefined);
    },
  };

  async function begin() {
    try {
      const tus = await import('tus-js-client');
      const created: Upload = new tus.Upload(file, {
        // With its host: where the platform put the file it says relative to this.
        endpoint: location.origin + api.uploads(),
        chunkSize: PIECE,
        retryDelays: RETRY_MILLIS,
        metadata: { filename: file.name },
        removeFingerprintOnSuccess: true,
        onAfterResponse: stayWithUpload,
        onShouldRetry: (error) => passing(error.originalResponse?.getStatus() ?? 0),
        onProgress: (sent) => listener.onSent(sent),
        onSuccess: () => listener.onDone(idOf(created)),
        onError: (error) => listener.onProblem(problemOf(error)),
      });
      const [previous] = newestFirst(await created.findPreviousUploads());
      if (previous) created.resumeFromPreviousUpload(previous);
      upload = created;
      if (wanted === 'send') created.start();
    } catch {
      listener.onProblem(unreachable());
    }
  }
}

/**
 * By itself the library begins anew, at the first byte, when nobody can say where to go on. What passes by itself is waited for
 * instead: thrown here it counts as a lost connection.
 */
function stayWithUpload(request: HttpRequest, response: HttpResponse): void {
  if (request.getMethod() === 'HEAD' && response.getStatus() >= 500) {
    throw new Error(`the platform answered with status ${response.getStatus()}`);
  }
}

/** Statuses that are over in a while; 408 came too slowly, 507 is a full disk. */
function passing(status: number): boolean {
  return status === 0 || status === 408 || status === 409 || status === 423 || (status >= 500 && status !== 507);
}

function newestFirst(uploads: readonly PreviousUpload[]): PreviousUpload[] {
  return [...uploads].sort((a, b) => Date.parse(b.creationTime) - Date.parse(a.creationTime));
}

function idOf(upload: Upload): string {
  return (upload.url ?? '').replace(/.*\//, '');
}

function problemOf(error: Error | DetailedError): Problem {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (!response) return unreachable();
  let body: unknown = null;
  try {
    body = JSON.parse(response.getBody());
  } catch {
    // Said by the status alone then.
  }
  return refusal(response.getStatus(), body, api.uploads());
}
