import type { Socket } from 'socket.io-client';
import { FastLightChatClient } from '../src/chat-client.js';
import { Connection } from '../src/connection.js';
import type { OpenLine } from '../src/line.js';
import type { ChatClientOptions } from '../src/types.js';
import type { MessageView, PrincipalRef, SyncPoint, WireError } from '../src/wire.js';
import { USER } from './fixtures.js';
import { ModelServer, edited, reacted, type Bounds } from './model-server.js';

type Handler = (...args: unknown[]) => void;
type Ack = (error: Error | null, answer?: unknown) => void;
export type Refused = Pick<WireError, 'code' | 'retryable' | 'retryAfterMs'>;

export interface Faults {
  /** Of ten events, so many never arrive. */
  lose: number;
  repeat: number;
  /** Of ten answers, so many never arrive, although the work was done. */
  loseAck: number;
  /** Of ten syncs, so many are answered from an older view of the store. */
  older: number;
  slowestMs: number;
}

export const NO_FAULTS: Faults = { lose: 0, repeat: 0, loseAck: 0, older: 0, slowestMs: 5 };

/** A network in virtual time between one client and the model: loses, repeats, delays and reorders as told. */
export class ModelWorld {
  readonly server = new ModelServer();
  faults: Faults = NO_FAULTS;
  isDown = false;
  /** Takes everything and answers nothing, as a process that was stopped. */
  isMute = false;
  /** A refusal for this request, or none. */
  judge: (event: string) => Refused | undefined = (event) => this.refusals[event]?.shift();
  readonly refusals: Record<string, Refused[]> = {};
  /** Whom it takes the client for. */
  principal: PrincipalRef = { type: 'user', id: USER.id };
  onAsked: (event: string, request: unknown) => void = () => undefined;
  readonly askedAt: Record<string, number[]> = {};
  /** Every message that reached the client by an event, on a line that is still up. */
  onDelivered: (message: MessageView) => void = () => undefined;
  private olderAnswers = 0;
  private sockets: FakeSocket[] = [];
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(
    private readonly as: 'user' | 'agent',
    private readonly random: () => number,
  ) {}

  get reader(): { seesPrivate: boolean } {
    return { seesPrivate: this.as === 'agent' };
  }

  /** The model knows one author: whoever sits at the client. */
  client(options: Partial<ChatClientOptions> = {}, openLine = this.openLine): FastLightChatClient {
    const client = new FastLightChatClient(
      {
        url: 'http://model',
        auth: () => Promise.resolve({ token: 't' }),
        self: { type: 'user', id: USER.id },
        random: this.random,
        ...options,
      },
      openLine,
    );
    client.connect();
    return client;
  }

  readonly openLine: OpenLine = (options, hooks) =>
    new Connection({ ...options, openSocket: () => this.openSocket() }, hooks);

  /** For `fetch`: pages of history, read somewhere between asking and answering. */
  rest = async (url: string): Promise<Response> => {
    const { searchParams, pathname } = new URL(url);
    await this.passes();
    if (this.isDown) throw new TypeError('failed to fetch');
    if (!pathname.endsWith('/messages')) return Response.json({ id: 'c1', participants: [], headSeq: 0 });
    const bounds = Object.fromEntries([...searchParams].map(([name, value]) => [name, Number(value)]));
    const page = this.server.history(bounds as unknown as Bounds, this.reader);
    await this.passes();
    return Response.json({ ...page, headSeq: this.server.head.headSeq, minSeq: 1 });
  };

  /** Of connections that are up. */
  get lines(): number {
    return this.sockets.filter((socket) => socket.connected).length;
  }

  get joined(): number {
    return this.sockets.filter((socket) => socket.isJoined).length;
  }

  refuse(event: string, ...errors: Refused[]): void {
    (this.refusals[event] ??= []).push(...errors);
  }

  post(fields: Partial<MessageView>): void {
    this.tell('message:created', this.server.post(fields));
  }

  change(messageId: string, change: (message: MessageView) => MessageView): MessageView | undefined {
    const changed = this.server.change(messageId, change);
    if (changed) this.tell('message:updated', changed);
    return changed ?? this.server.find(messageId);
  }

  cutLines(): void {
    for (const socket of this.sockets) socket.lose();
  }

  /** What was on its way from the former life is gone with the lines. */
  restart(lose: number): void {
    this.server.restart(lose);
    this.cutLines();
  }

  beacon(): void {
    const heads = [{ id: 'c1', ...this.server.head }];
    this.emit('heads', { heads, epoch: String(this.server.epoch) });
  }

  emit(event: string, fact: unknown): void {
    for (const socket of this.sockets) if (socket.hears) this.deliver(socket, event, fact, () => undefined);
  }

  stopTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  later(run: () => void): void {
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        run();
      },
      1 + Math.floor(this.random() * this.faults.slowestMs),
    );
    this.timers.add(timer);
  }

  answer(socket: FakeSocket, event: string, request: Record<string, unknown>, ack: Ack): void {
    (this.askedAt[event] ??= []).push(performance.now());
    this.onAsked(event, request);
    this.later(() => {
      if (!socket.connected || this.isMute) return;
      const refused = this.judge(event);
      const answer = refused
        ? { ok: false, error: { message: refused.code, requestId: 'r', ...refused } }
        : { ok: true, data: this.work(socket, event, request) };
      if (!this.happens(this.faults.loseAck)) this.later(() => ack(null, answer));
    });
  }

  admit(socket: FakeSocket): void {
    this.later(() => {
      if (socket.isWanted) socket.opened(this.isDown || this.isMute ? null : this.hello());
    });
  }

  private hello(): unknown {
    const heads = this.as === 'user' ? [{ id: 'c1', ...this.server.head }] : [];
    const { principal } = this;
    return { principal, serverTime: '', epoch: String(this.server.epoch), heads };
  }

  private work(socket: FakeSocket, event: string, request: Record<string, unknown>): unknown {
    switch (event) {
      case 'conversation:open':
        socket.isJoined = true;
        return this.server.head;
      case 'conversation:close':
        socket.isJoined = false;
        return {};
      case 'conversation:sync':
        return this.sync((request as { conversations: SyncPoint[] }).conversations);
      case 'message:send':
        return this.send(request as { clientMessageId: string; content: string });
      case 'message:edit':
        return { message: this.change(String(request.messageId), edited(String(request.content))) };
      case 'message:react': {
        const { messageId, emoji, on } = request as { messageId: string; emoji: string; on: boolean };
        return { message: this.change(messageId, reacted(emoji, on, USER)) };
      }
      default:
        return {};
    }
  }

  private sync(points: SyncPoint[]): unknown {
    // Not three times: who is told the same again and again has to believe it.
    const isOlder = this.olderAnswers < 2 && this.happens(this.faults.older);
    if (isOlder) this.olderAnswers += 1;
    const ago = isOlder ? 1 + Math.floor(this.random() * 4) : 0;
    const conversations = points.map((point) => this.server.sync(point, this.reader, ago));
    return { conversations, epoch: String(this.server.epoch) };
  }

  private send(request: { clientMessageId: string; content: string }): unknown {
    const sent = this.server.send(request.clientMessageId, request.content);
    if (!sent.duplicate) this.tell('message:created', sent.message);
    return sent;
  }

  private tell(event: string, message: MessageView): void {
    if (message.private && !this.reader.seesPrivate) return;
    const copies = this.happens(this.faults.lose) ? 0 : this.happens(this.faults.repeat) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.emitMessage(event, message);
  }

  private emitMessage(event: string, message: MessageView): void {
    const fact = { conversationId: 'c1', message };
    for (const socket of this.sockets) {
      if (socket.hears) this.deliver(socket, event, fact, () => this.onDelivered(message));
    }
  }

  /** Never on another line than the one that it was sent on. */
  private deliver(socket: FakeSocket, event: string, fact: unknown, onDelivered: () => void): void {
    const { line } = socket;
    this.later(() => {
      if (socket.connected && socket.line === line) {
        socket.receive(event, fact);
        onDelivered();
      }
    });
  }

  private happens(ofTen: number): boolean {
    return this.random() * 10 < ofTen;
  }

  private passes(): Promise<void> {
    return new Promise((resolve) => this.later(resolve));
  }

  private openSocket(): Socket {
    const socket = new FakeSocket(this, this.as === 'user');
    this.sockets.push(socket);
    return socket as unknown as Socket;
  }
}

/** As much of a Socket.IO client as the SDK uses. */
class FakeSocket {
  auth: unknown;
  connected = false;
  isWanted = false;
  isJoined = false;
  /** Another number with every connection. */
  line = 0;
  private readonly handlers = new Map<string, Handler>();
  private anyHandler: Handler | undefined;
  private readonly acks = new Set<Ack>();

  constructor(
    private readonly world: ModelWorld,
    private readonly isAlwaysJoined: boolean,
  ) {}

  get hears(): boolean {
    return this.connected && (this.isJoined || this.isAlwaysJoined);
  }

  on(event: string, handler: Handler): void {
    this.handlers.set(event, handler);
  }

  onAny(handler: Handler): void {
    this.anyHandler = handler;
  }

  off(): void {
    this.handlers.clear();
  }

  offAny(): void {
    this.anyHandler = undefined;
  }

  connect(): void {
    this.isWanted = true;
    this.world.admit(this);
  }

  disconnect(): void {
    this.isWanted = false;
    this.lose();
  }

  opened(hello: unknown): void {
    if (this.connected) return;
    if (hello === null) {
      this.isWanted = false;
      this.handlers.get('connect_error')?.(new Error('websocket error'));
      return;
    }
    this.connected = true;
    this.line += 1;
    this.receive('hello', hello);
  }

  lose(): void {
    if (!this.connected) return;
    this.connected = false;
    this.isJoined = false;
    for (const ack of [...this.acks]) ack(new Error('socket has been disconnected'));
    this.handlers.get('disconnect')?.('transport close');
  }

  receive(event: string, fact: unknown): void {
    this.anyHandler?.(event, fact);
  }

  timeout(ms: number): { emit: (event: string, request: Record<string, unknown>, ack: Ack) => void } {
    return { emit: (event, request, ack) => this.world.answer(this, event, request, this.once(ms, ack)) };
  }

  private once(ms: number, ack: Ack): Ack {
    const settle: Ack = (error, answer) => {
      if (!this.acks.delete(settle)) return;
      clearTimeout(timer);
      ack(error, answer);
    };
    const timer = setTimeout(() => settle(new Error('operation has timed out')), ms);
    this.acks.add(settle);
    return settle;
  }
}
