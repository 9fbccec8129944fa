import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { Ack, MessageView, PrincipalRef, SyncPoint, WireError } from '../src/wire.js';
import { AGENT, USER, aMessage, aSync } from './fixtures.js';

type Answer = (ack: Ack<unknown>) => void;

interface SendRequest {
  conversationId: string;
  clientMessageId: string;
  content: string;
}

export function refusal(code: string, fields: Partial<WireError> = {}): WireError {
  return { code, message: code, requestId: 'r1', ...fields };
}

/** One conversation `c1` in memory behind a real Socket.IO server, with faults to order. */
export class FakeServer {
  readonly messages: MessageView[] = [];
  readonly calls: { event: string; request: Record<string, unknown> }[] = [];
  readonly auths: unknown[] = [];
  epoch = 'e1';
  principal: PrincipalRef = { type: 'user', id: USER.id };
  port = 0;
  /** Refuses the handshake while it answers something. */
  refuseConnect: (auth: Record<string, unknown>) => WireError | null = () => null;
  /** What its clients may see. */
  sees: (message: MessageView) => boolean = () => true;
  /** What happens to the next sends, in order; then they succeed. */
  readonly sendFaults: ('lose ack' | 'lose request' | WireError)[] = [];
  echo: 'before ack' | 'after ack' | 'never' = 'after ack';
  private readonly http: HttpServer;
  private readonly io: Server;

  private constructor() {
    this.http = createServer((request, response) => this.rest(request.url ?? '', response));
    this.io = new Server(this.http);
    this.io.use((socket, next) => {
      this.auths.push(socket.handshake.auth);
      const fault = this.refuseConnect(socket.handshake.auth);
      next(fault ? Object.assign(new Error(fault.code), { data: fault }) : undefined);
    });
    this.io.on('connection', (socket) => this.connected(socket));
  }

  static async start(port = 0): Promise<FakeServer> {
    const server = new FakeServer();
    await new Promise<void>((resolve) => server.http.listen(port, '127.0.0.1', resolve));
    server.port = (server.http.address() as AddressInfo).port;
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get headSeq(): number {
    return this.messages.at(-1)?.seq ?? 0;
  }

  async stop(): Promise<void> {
    await this.io.close();
  }

  /** Cuts the lines without a word, as a lost network does. */
  cutLines(): void {
    this.io.disconnectSockets(true);
  }

  emit(event: string, fact: unknown): void {
    this.io.emit(event, fact);
  }

  post(fields: Partial<MessageView> = {}, tell: 'tell' | 'silently' = 'tell'): MessageView {
    const message = aMessage({ seq: this.headSeq + 1, ...fields });
    this.messages.push(message);
    if (tell === 'tell') this.tell(message);
    return message;
  }

  tell(message: MessageView): void {
    this.emit('message:created', { conversationId: 'c1', message });
  }

  callsOf(event: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.event === event).map((call) => call.request);
  }

  private connected(socket: Socket): void {
    socket.onAny((event: string, request: Record<string, unknown>) => this.calls.push({ event, request }));
    socket.on('message:send', (request: SendRequest, ack: Answer) => this.send(request, ack));
    socket.on('conversation:open', (_request: unknown, ack: Answer) =>
      ack({ ok: true, data: { headSeq: this.headSeq, headRev: 0 } }),
    );
    socket.on('conversation:sync', (request: { conversations: SyncPoint[] }, ack: Answer) =>
      ack({
        ok: true,
        data: { epoch: this.epoch, conversations: request.conversations.map((p) => this.sync(p)) },
      }),
    );
    socket.on('conversation:read', (request: { seq: number }, ack: Answer) =>
      ack({ ok: true, data: { readSeq: request.seq, unread: 0 } }),
    );
    for (const event of ['conversation:close', 'typing:set', 'ping']) {
      socket.on(event, (_request: unknown, ack: Answer) => ack({ ok: true, data: {} }));
    }
    socket.emit('hello', { principal: this.principal, serverTime: '', epoch: this.epoch, heads: [] });
  }

  private sync(point: SyncPoint): unknown {
    const messages = this.messages.filter((message) => message.seq > point.afterSeq && this.sees(message));
    return aSync({ id: point.id, messages, headSeq: this.headSeq });
  }

  private send(request: SendRequest, ack: Answer): void {
    const fault = this.sendFaults.shift();
    if (fault === 'lose request') return;
    if (fault && fault !== 'lose ack') return ack({ ok: false, error: fault });
    const { clientMessageId, content } = request;
    const first = this.messages.find((message) => message.clientMessageId === clientMessageId);
    const message = first ?? this.post({ clientMessageId, content, sender: USER }, 'silently');
    if (this.echo === 'before ack' && !first) this.tell(message);
    if (fault !== 'lose ack') ack({ ok: true, data: { message, duplicate: Boolean(first) } });
    if (this.echo === 'after ack' && !first) this.tell(message);
  }

  private rest(url: string, response: import('node:http').ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (pathname.startsWith('/socket.io')) return;
    const before = Number(searchParams.get('beforeSeq') ?? this.headSeq + 1);
    const older = this.messages.filter((message) => message.seq < before);
    const items = older.slice(-Number(searchParams.get('limit') ?? 50));
    const body = pathname.endsWith('/messages')
      ? { items, headSeq: this.headSeq, minSeq: 1, hasMore: items.length < older.length }
      : { id: 'c1', participants: [{ type: AGENT.type, id: AGENT.id, readSeq: 1 }] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  }
}
