import { ChatError, isWireError, offlineError, timeoutError } from './chat-error.js';

/** A server that hangs keeps the line open for minutes; who asked would wait for as long. */
const ANSWER_TIMEOUT_MS = 30_000;

export interface RestClientOptions {
  /** Origin of the server. */
  url: string;
  headers: () => Promise<Record<string, string>> | Record<string, string>;
  /** Resolve to true when fresh credentials are there: the request is made once more. */
  onUnauthenticated?: () => Promise<boolean>;
}

export interface RestRequest {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

export interface RestClient {
  /** Throws ChatError; an aborted request throws the signal's own reason. */
  request<T>(method: string, path: string, options?: RestRequest): Promise<T>;
}

export function createRestClient(options: RestClientOptions): RestClient {
  async function send(method: string, path: string, request: RestRequest): Promise<Answer> {
    const { body, query, signal } = request;
    const headers: Record<string, string> = { accept: 'application/json', ...(await options.headers()) };
    if (body !== undefined) headers['content-type'] = 'application/json';
    return answerOf(options.url + path + queryString(query), signal, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  return {
    async request<T>(method: string, path: string, request: RestRequest = {}): Promise<T> {
      let answer = await send(method, path, request);
      if (answer.status === 401 && (await options.onUnauthenticated?.())) {
        answer = await send(method, path, request);
      }
      if (!answer.ok) throw errorOf(answer);
      return jsonOf(answer.text) as T;
    },
  };
}

interface Answer {
  ok: boolean;
  status: number;
  text: string;
}

async function answerOf(url: string, signal: AbortSignal | undefined, init: RequestInit): Promise<Answer> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, ANSWER_TIMEOUT_MS);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end);
  try {
    const response = await fetch(url, { ...init, signal: ending.signal });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw signal.reason ?? error;
    throw ending.signal.aborted ? timeoutError() : offlineError();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

function queryString(query: RestRequest['query']): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) params.set(name, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}

function jsonOf(text: string): unknown {
  return text ? JSON.parse(text) : undefined;
}

/** A proxy in between may answer without our error shape; then the status alone has to speak. */
function errorOf({ status, text }: Answer): ChatError {
  const body = bodyOrNothing(text);
  if (isWireError(body)) return new ChatError({ ...body, status });
  const retryable = status >= 500 || status === 429;
  return new ChatError({ code: 'client.unexpected_answer', retryable, status });
}

function bodyOrNothing(text: string): unknown {
  try {
    return jsonOf(text);
  } catch {
    return undefined;
  }
}
