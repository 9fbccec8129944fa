import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookEvent } from '../../src/contracts/webhooks.js';

export interface Received {
  /** Which of several receivers behind one server. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  id: string;
  event: WebhookEvent;
  at: number;
}

export type Behaviour = (response: ServerResponse, received: Received) => void;

export const taken: Behaviour = (response) => response.end('ok');
export const answering =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end();

/** A company's own server, as far as webhooks know it. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  behaviour: Behaviour = taken;
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        receiver.take({ path: request.url ?? '', headers: request.headers, body }, response);
      });
    });
    return receiver;
  }

  urlOf(path = '/hooks'): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}${path}`;
  }

  of(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  /** Resolves once what was received is enough. */
  async until(isEnough: (received: readonly Received[]) => boolean, ms = 20_000): Promise<void> {
    if (isEnough(this.received)) return;
    let look = () => undefined as void;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve, reject) => {
      look = () => isEnough(this.received) && resolve();
      const said = () => this.received.map(({ event }) => event.type).join(', ');
      timer = setTimeout(() => reject(new Error(`not enough within ${ms} ms: ${said()}`)), ms);
    });
    this.waiting.add(look);
    await enough.finally(() => {
      clearTimeout(timer);
      this.waiting.delete(look);
    });
  }

  /** The first event that fits. */
  async next(fits: (received: Received) => boolean, ms?: number): Promise<Received> {
    await this.until((received) => received.some(fits), ms);
    return this.received.find(fits)!;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(
    { path, headers, body }: Pick<Received, 'path' | 'headers' | 'body'>,
    response: ServerResponse,
  ): void {
    const event = JSON.parse(body) as WebhookEvent;
    const received = { path, headers, body, id: String(headers['webhook-id']), event, at: performance.now() };
    this.received.push(received);
    this.behaviour(response, received);
    for (const look of this.waiting) look();
  }
}

/** Standard Webhooks, written again from its text: is one of the signatures made with this secret? */
export function isSignedWith(secret: string, { headers, body }: Pick<Received, 'headers' | 'body'>): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', key).update(signed, 'utf8').digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
    .some((mac) => mac.length === expected.length && timingSafeEqual(mac, expected));
}
