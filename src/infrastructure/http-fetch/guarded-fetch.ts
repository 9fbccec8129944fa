import type { OnApplicationShutdown } from '@nestjs/common';
import { lookup, type LookupAddress } from 'node:dns';
import {
  request as requestHttp,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { promisify } from 'node:util';
import { KeptConnections } from './kept-connections.js';
import { isLoopbackAddress, isPublicAddress } from './public-address.js';

export type FetchFault = 'url' | 'address' | 'redirects' | 'timeout' | 'network' | 'status' | 'type' | 'size';

/** Nothing came of it. `fault` says why; the text is for logs, not for who gave the URL. */
export class FetchFailed extends Error {
  constructor(
    readonly fault: FetchFault,
    options?: ErrorOptions,
  ) {
    super(`the fetch failed: ${fault}`, options);
    this.name = 'FetchFailed';
  }
}

export interface FetchOptions {
  /** The media types that are wanted; any other is not read. */
  types: readonly string[];
  maxBytes: number;
  /** Is the beginning enough? Else more than `maxBytes` is a fault. */
  cutsLonger?: boolean;
  /** For all of it: names, connections, redirects and the body. */
  timeoutMs: number;
}

export interface Fetched {
  /** Where it was in the end. */
  url: URL;
  contentType: string;
  body: Buffer;
}

export interface PostOptions {
  headers: Record<string, string>;
  body: string | Buffer;
  /** Of the answer, more is not read. */
  maxBytes: number;
  /** For all of it: names, connection and the answer. */
  timeoutMs: number;
  /**
   * Does no harm to say it twice? Then it goes over a kept connection where there is one, and once more over another
   * when it turns out that the receiver had closed that one.
   */
  isRepeatable?: boolean;
}

/** Whatever was answered, also a refusal or a redirect, which is not followed. */
export interface PostAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Asked extends Partial<Pick<PostOptions, 'body' | 'isRepeatable'>> {
  method?: string;
  headers: Record<string, string>;
}

class ConnectionWasOver extends Error {}

export interface FetchRules {
  /** http, and any port, for this very machine: to try things out in development. */
  mayUseLocalhost: boolean;
}

export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const REDIRECTS = 3;
const REDIRECT_STATUSES: readonly number[] = [301, 302, 303, 307, 308];
const PORTS: readonly string[] = ['', '80', '443'];
const HANG_UPS: readonly (string | undefined)[] = ['ECONNRESET', 'EPIPE'];
const LOCAL_NAMES: readonly string[] = ['localhost', '127.0.0.1', '::1'];
const lookupAll = promisify(lookup);

/**
 * Gets what a stranger's URL names without being led into the own network: the name is resolved once, every
 * address of it must be public, and the connection goes to what was checked, whatever the name says by then.
 */
export class GuardedFetch implements OnApplicationShutdown {
  constructor(
    private readonly rules: FetchRules,
    private readonly resolve: Resolve = (hostname) => lookupAll(hostname, { all: true }),
    private readonly kept = new KeptConnections(),
  ) {}

  onApplicationShutdown(): void {
    this.kept.close();
  }

  /** Throws FetchFailed. */
  async get(address: string, options: FetchOptions): Promise<Fetched> {
    return within(options.timeoutMs, (signal) => this.follow(parse(address), options, signal));
  }

  /** As get, in one step. Throws FetchFailed. */
  async post(address: string, { headers, body, isRepeatable, ...options }: PostOptions): Promise<PostAnswer> {
    return within(options.timeoutMs, async (signal) => {
      const request = { method: 'POST', headers, body, isRepeatable };
      const answer = await this.ask(parse(address), request, signal);
      try {
        const { statusCode = 0, headers: answered } = answer;
        return {
          status: statusCode,
          headers: answered,
          body: await readBody(answer, { ...options, cutsLonger: true }),
        };
      } finally {
        answer.destroy();
      }
    });
  }

  /** Would it go there? Throws FetchFailed, with the fault `network` or `timeout` when the name says nothing. */
  async check(address: string, timeoutMs: number): Promise<void> {
    await within(timeoutMs, async (signal) => {
      const url = parse(address);
      this.assertAllowed(url);
      await this.checkedAddressesOf(url, signal);
    });
  }

  private async follow(first: URL, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
    let url = first;
    for (let hop = 0; hop <= REDIRECTS; hop++) {
      const answer = await this.ask(url, { headers: { accept: options.types.join(', ') } }, signal);
      try {
        const next = nextOf(answer, url);
        if (!next) return await read(answer, url, options);
        url = next;
      } finally {
        answer.destroy();
      }
    }
    throw new FetchFailed('redirects');
  }

  private async ask(
    url: URL,
    { method, headers, body, isRepeatable = false }: Asked,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    this.assertAllowed(url);
    const addresses = await this.checkedAddressesOf(url, signal);
    const options = {
      method,
      lookup: alwaysTo(addresses),
      signal,
      headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'FastLightChat/1' },
    };
    const answer = isRepeatable
      ? await sendOrRepeat(url, { ...options, ...this.kept.optionsFor(url, addresses) }, body)
      : await sendAlone(url, options, body);
    return addAbortSignal(signal, answer);
  }

  private assertAllowed(url: URL): void {
    if (url.username !== '' || url.password !== '') throw new FetchFailed('url');
    if (this.isLocal(url) && ['http:', 'https:'].includes(url.protocol)) return;
    if (url.protocol !== 'https:' || !PORTS.includes(url.port)) throw new FetchFailed('url');
  }

  /** One bad address among good ones is enough: which of them is tried first is nobody's promise. */
  private async checkedAddressesOf(url: URL, signal: AbortSignal): Promise<LookupAddress[]> {
    const addresses = await unlessAborted(this.resolve(hostOf(url)), signal);
    const isAllowed = this.isLocal(url) ? isLoopbackAddress : isPublicAddress;
    if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address))) {
      throw new FetchFailed('address');
    }
    return addresses;
  }

  private isLocal(url: URL): boolean {
    return this.rules.mayUseLocalhost && LOCAL_NAMES.includes(hostOf(url));
  }
}

/** Whatever goes wrong is a FetchFailed. */
async function within<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await work(signal);
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    throw new FetchFailed(signal.aborted ? 'timeout' : 'network', { cause: error });
  }
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new FetchFailed('url');
  return new URL(address, base?.href);
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** Answers the same addresses to whoever asks, in either form in which Node asks. */
function alwaysTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_hostname, options, answer) => {
    if (options.all) answer(null, [...addresses]);
    else answer(null, addresses[0]!.address, addresses[0]!.family);
  };
}

/** Over a connection that nobody used before and nobody will use after it. */
function sendAlone(url: URL, options: RequestOptions, body?: string | Buffer): Promise<IncomingMessage> {
  return send(url, { ...options, agent: false }, body);
}

/** The receiver may have closed a kept connection in this very moment. */
async function sendOrRepeat(
  url: URL,
  options: RequestOptions,
  body?: string | Buffer,
): Promise<IncomingMessage> {
  try {
    return await send(url, options, body);
  } catch (error) {
    if (!(error instanceof ConnectionWasOver)) throw error;
    return sendAlone(url, options, body);
  }
}

/** Throws ConnectionWasOver when nothing was answered over a connection that had been used before. */
function send(url: URL, options: RequestOptions, body?: string | Buffer): Promise<IncomingMessage> {
  const begin = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = begin(url, options, resolve);
    request.on('error', (error: NodeJS.ErrnoException) => {
      const wasOver = request.reusedSocket && HANG_UPS.includes(error.code);
      reject(wasOver ? new ConnectionWasOver(undefined, { cause: error }) : error);
    });
    request.end(body);
  });
}

/** A resolver cannot be stopped, only no longer be waited for. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function nextOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | null {
  if (!REDIRECT_STATUSES.includes(statusCode) || headers.location === undefined) return null;
  return parse(headers.location, url);
}

async function read(answer: IncomingMessage, url: URL, options: FetchOptions): Promise<Fetched> {
  const { statusCode, headers } = answer;
  const contentType = headers['content-type'] ?? '';
  const encoding = headers['content-encoding'] ?? 'identity';
  if (statusCode !== 200) throw new FetchFailed('status');
  // What is packed could be a thousand times as large as it looks; we did not ask for it.
  if (encoding !== 'identity' || !options.types.includes(mediaTypeOf(contentType))) {
    throw new FetchFailed('type');
  }
  return { url, contentType, body: await readBody(answer, options) };
}

function mediaTypeOf(contentType: string): string {
  return contentType.split(';')[0]!.trim().toLowerCase();
}

async function readBody(
  answer: IncomingMessage,
  { maxBytes, cutsLonger }: Pick<FetchOptions, 'maxBytes' | 'cutsLonger'>,
): Promise<Buffer> {
  if (!cutsLonger && Number(answer.headers['content-length']) > maxBytes) throw new FetchFailed('size');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes && cutsLonger) break;
    if (size > maxBytes) throw new FetchFailed('size');
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}
