import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  /** A string goes out as it is, anything else as JSON. */
  readonly body: unknown;
}

/** A real HTTP server on a free port of loopback that answers as the test says; what it does not know is 404. */
export class AnsweringServer {
  readonly asked: string[] = [];
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(answers: Record<string, Answer>): Promise<AnsweringServer> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      started.asked.push(path);
      const answer = answers[path] ?? {
        status: 404,
        type: 'application/problem+json',
        body: { status: 404, title: `There is nothing at ${path}`, remedy: 'Look elsewhere.' },
      };
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json', connection: 'close' });
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const started = new AnsweringServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return started;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
