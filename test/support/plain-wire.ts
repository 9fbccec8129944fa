import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect as openSocket } from 'node:net';
import type { SocketAuth } from '../../src/contracts/socket.js';
import { connect, type Client } from './people.js';

/** How long anybody waits for an answer. */
export const PATIENCE_MS = 15_000;

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

const agent = new Agent({ keepAlive: true });

/** As it stands: nothing is encoded, completed or followed. Rejects when no answer comes in time. */
export function sendPlain(url: string, { method, path, headers, body }: Sent): Promise<Answer> {
  const bytes = body === null ? null : Buffer.from(body);
  const length = bytes && { 'content-length': String(bytes.length) };
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { hostname, port } = new URL(url);
    const options = { hostname, port, method: method.toUpperCase(), path: visible(path), agent, signal };
    const sent = request({ ...options, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

function visible(path: string): string {
  return path.replace(/[^\x21-\xff]/gu, (character) => encodeURIComponent(character));
}

/** What came back for these bytes until the connection ended; rejects when it does not end in time. */
export function sendBytes(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = openSocket(Number(port), hostname);
    const timer = setTimeout(() => socket.destroy(new Error(`open after ${PATIENCE_MS} ms`)), PATIENCE_MS);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // It was closed while there was still something to send.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
    socket.end(bytes);
  });
}

/** A connection of Socket.IO on which packets are written as text and acks are told apart by their number. */
export class PlainLine {
  private readonly asked = new Map<number, (ack: unknown) => void>();
  /** Far from the numbers that the client itself gives. */
  private nextId = 1_000_000;

  private constructor(readonly client: Client) {
    client.io.on('packet', (packet) => {
      if (packet.id === undefined) return;
      this.asked.get(packet.id)?.((packet.data as unknown[])[0]);
    });
    client.on('disconnect', () => {
      for (const answer of this.asked.values()) answer(CLOSED);
    });
  }

  static async open(url: string, auth: SocketAuth, listen: (text: string) => void): Promise<PlainLine> {
    const line = new PlainLine(await connect(url, auth));
    (line.client.io.engine as unknown as DataSource).on('data', (data) => listen(String(data)));
    return line;
  }

  get isOpen(): boolean {
    return this.client.connected;
  }

  /** The ack, or CLOSED when the connection was closed instead. `json` is the list of event and arguments. */
  ask(json: string): Promise<unknown> {
    if (!this.isOpen) return Promise.resolve(CLOSED);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ack within ${PATIENCE_MS} ms`)), PATIENCE_MS);
      this.asked.set(id, (ack) => {
        clearTimeout(timer);
        this.asked.delete(id);
        resolve(ack);
      });
      this.say(`2${id}${json}`);
    });
  }

  /** The same with bytes somewhere in the payload, which go in packets of their own. */
  askWithBytes(event: string, payload: unknown): Promise<unknown> {
    const patient = this.client.timeout(PATIENCE_MS) as unknown as {
      emitWithAck(event: string, payload: unknown): Promise<unknown>;
    };
    return patient.emitWithAck(event, payload);
  }

  /** A packet of Engine.IO that is a message. */
  say(text: string): void {
    (this.client.io.engine as unknown as { write(text: string): void }).write(text);
  }

  /** What goes through the WebSocket as it is. */
  sayRaw(data: string | Buffer): void {
    const { transport } = this.client.io.engine as unknown as {
      transport: { ws: { send(data: unknown): void } };
    };
    transport.ws.send(data);
  }

  close(): void {
    this.client.disconnect();
  }
}

export const CLOSED = Symbol('closed');

interface DataSource {
  on(event: 'data', listener: (data: unknown) => void): void;
}
