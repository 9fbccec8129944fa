import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Takes files as the server does, and misbehaves to order. */
export class UploadServer {
  readonly received: { headers: IncomingMessage['headers']; body: string }[] = [];
  /** What happens to the next uploads, in order; then they succeed. */
  readonly next: Behaviour[] = [];
  private readonly http: Server;

  private constructor() {
    this.http = createServer((request, response) => void this.handle(request, response));
  }

  static async start(): Promise<UploadServer> {
    const server = new UploadServer();
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*, authorization, x-plugin-key, x-user-token');
    if (request.method === 'OPTIONS') return void response.end();
    const behave = this.next.shift() ?? ((_request, answer) => this.take(request, answer));
    await behave(request, response);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    this.received.push({ headers: request.headers, body });
    answer(response, 201, { id: `f${this.received.length}`, name: nameIn(body) });
  }
}

export function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function nameIn(body: string): string {
  return /filename="([^"]*)"/.exec(body)?.[1] ?? '';
}
