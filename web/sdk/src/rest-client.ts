import { ChatError, isWireError, offlineError, timeoutError } from './chat-error.js';
import { postForm, type Answer, type UploadOptions } from './form-post.js';
import type { AttachmentView } from './wire.js';

/** A server that hangs keeps the line open for minutes; who asked would wait for as long. */
const ANSWER_TIMEOUT_MS = 30_000;

export interface RestClientOptions {
  /** Origin of the server. */
  url: string;
  /** Asked for before each request: the credentials. */
  headers: () => Promise<Record<string, string>> | Record<string, string>;
  /** Resolve to true when fresh credentials are there: the request is made once more. */
  onUnauthenticated?: () => Promise<boolean>;
}

export interface RestRequest {
  /** What is null or undefined is left out. */
  query?: Record<string, string | number | boolean | null | undefined>;
  /** JSON, or a form as it is. */
  body?: unknown;
  signal?: AbortSignal;
}

export interface RestClient {
  /**
   * `path` begins with `/v1`. Answers the body, undefined when there is none. Throws ChatError, after 30 s
   * `client.timeout`; an aborted request throws the signal's own reason.
   */
  request<T>(method: string, path: string, options?: RestRequest): Promise<T>;
  /**
   * Uploads a file, for the `attachmentIds` of a message within a day. Fails as `request` does; the usual codes are
   * `common.payload_too_large`, `files.unsupported_type` and `common.rate_limited`. Needs XMLHttpRequest.
   */
  uploadFile(file: File, options?: UploadOptions): Promise<AttachmentView>;
}

/** REST with the errors of this package; repeats nothing by itself but what was refused for its credentials. */
export function createRestClient(options: RestClientOptions): RestClient {
  const origin = options.url.replace(/\/+$/, '');

  async function send(method: string, path: string, request: RestRequest): Promise<Answer> {
    const { body, query, signal } = request;
    const headers: Record<string, string> = { accept: 'application/json', ...(await options.headers()) };
    const isForm = body instanceof FormData;
    if (body !== undefined && !isForm) headers['content-type'] = 'application/json';
    return answerOf(origin + path + queryString(query), signal, {
      method,
      headers,
      body: isForm || body === undefined ? body : JSON.stringify(body),
    });
  }

  async function sendFile(file: File, upload: UploadOptions): Promise<Answer> {
    const headers = { accept: 'application/json', ...(await options.headers()) };
    const form = new FormData();
    form.append('file', file, file.name);
    return postForm(`${origin}/v1/files`, { ...upload, headers, form });
  }

  async function answered<T>(ask: () => Promise<Answer>): Promise<T> {
    let answer = await ask();
    if (answer.status === 401 && (await options.onUnauthenticated?.())) answer = await ask();
    if (!answer.ok) throw errorOf(answer);
    return bodyOf(answer) as T;
  }

  return {
    request: (method, path, request = {}) => answered(() => send(method, path, request)),
    uploadFile: (file, upload = {}) => answered(() => sendFile(file, upload)),
  };
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

/** A page in between may say that all is well. */
function bodyOf(answer: Answer): unknown {
  try {
    return jsonOf(answer.text);
  } catch {
    throw errorOf(answer);
  }
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
