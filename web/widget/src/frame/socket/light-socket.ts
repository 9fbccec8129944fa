import { openPolling, openWebSocket, type Line, type OpenLine } from './line.js';

/** A network that swallows websockets instead of refusing them must leave time for the other way. */
const WEBSOCKET_PATIENCE_MS = 6_000;

type Answer = (error: Error | null, ack?: unknown) => void;
type Handler = (...facts: never[]) => void;

interface Handshake {
  pingInterval: number;
  pingTimeout: number;
}

/**
 * Socket.IO 5 over Engine.IO 4, as far as the SDK asks for it and this server speaks it: one namespace, texts,
 * acknowledgements, websocket first and then polling. When to come back is for the SDK to decide. In the build it
 * stands for `socket.io-client`, the rest of which would take a fifth of the widget's budget.
 */
export class LightSocket {
  connected = false;
  auth: object = {};
  private line: Line | null = null;
  /** Of the websocket that does not come about; then of the server that has gone silent. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silenceMs = 0;
  private handlers: Record<string, Handler> = {};
  private readonly answers = new Map<string, Answer>();
  private lastId = 0;

  constructor(
    private readonly url: string,
    private readonly patienceMs = WEBSOCKET_PATIENCE_MS,
  ) {}

  on(event: 'disconnect' | 'connect_error', handler: Handler): void {
    this.handlers[event] = handler;
  }

  off(): void {
    this.handlers = {};
  }

  onAny(handler: Handler): void {
    this.handlers.any = handler;
  }

  offAny(): void {
    delete this.handlers.any;
  }

  connect(): void {
    if (!this.line) this.open([openWebSocket, openPolling]);
  }

  disconnect(): void {
    const wasConnected = this.connected;
    if (wasConnected) this.line?.send('41');
    this.leave();
    if (wasConnected) this.tell('disconnect');
  }

  timeout(ms: number): { emit(event: string, request: unknown, answer: Answer): void } {
    return { emit: (event, request, answer) => this.ask(event, request, answer, ms) };
  }

  private ask(event: string, request: unknown, answer: Answer, ms: number): void {
    const id = String(this.lastId++);
    const timer = setTimeout(() => this.answered(id, new Error('No answer')), ms);
    this.answers.set(id, (...outcome) => {
      clearTimeout(timer);
      answer(...outcome);
    });
    this.line?.send(`42${id}${JSON.stringify([event, request])}`);
  }

  private answered(id: string, error: Error | null, ack?: unknown): void {
    const answer = this.answers.get(id);
    this.answers.delete(id);
    answer?.(error, ack);
  }

  private open([openLine, ...others]: OpenLine[]): void {
    if (!openLine) return this.refused(new Error('The server cannot be reached'));
    let hasOpened = false;
    const ended = (): void => {
      this.leave();
      if (hasOpened) this.tell('disconnect');
      else this.open(others);
    };
    const onPacket = (packet: string): void => {
      hasOpened = true;
      this.received(packet, ended);
    };
    if (others.length > 0) this.timer = setTimeout(ended, this.patienceMs);
    this.line = openLine(`${this.url}/socket.io/?EIO=4&transport=`, { onPacket, onClosed: ended });
  }

  private received(packet: string, end: () => void): void {
    const [, kind, id = '', text] = /^(4?\d)(\d*)(.*)$/s.exec(packet) ?? [];
    const data = (text ? JSON.parse(text) : undefined) as never;
    switch (kind) {
      case '0':
        return this.greeted(data, end);
      case '2':
        this.line?.send('3');
        return this.watch(end);
      case '40':
        this.connected = true;
        return;
      case '42':
        return this.tell('any', ...(data as never[]));
      case '43':
        return this.answered(id, null, data[0]);
      case '44':
        return this.refused(data);
      case '1':
      case '41':
        return end();
      default:
        return;
    }
  }

  private greeted({ pingInterval, pingTimeout }: Handshake, end: () => void): void {
    this.silenceMs = pingInterval + pingTimeout;
    this.watch(end);
    this.line?.send(`40${JSON.stringify(this.auth)}`);
  }

  /** A server that has stopped asking is gone, whatever the network says. */
  private watch(end: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(end, this.silenceMs);
  }

  private refused(error: Error): void {
    this.leave();
    this.tell('connect_error', error as never);
  }

  private leave(): void {
    clearTimeout(this.timer);
    this.line?.close();
    this.line = null;
    this.connected = false;
    for (const id of [...this.answers.keys()]) this.answered(id, new Error('The connection has ended'));
  }

  private tell(event: string, ...facts: never[]): void {
    this.handlers[event]?.(...facts);
  }
}

export function io(url: string): LightSocket {
  return new LightSocket(url);
}
