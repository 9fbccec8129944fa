import { ChatError, isWireError, offlineError } from './chat-error.js';

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
  async function send(method: string, path: string, request: RestRequest): Promise<Response> {
    const { body, signal } = request;
    const headers: Record<string, string> = { accept: 'application/json', ...(await options.headers()) };
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      return await fetch(options.url + path + queryString(request.query), {
        method,
        headers,
        signal,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw offlineError();
    }
  }

  return {
    async request<T>(method: string, path: string, request: RestRequest = {}): Promise<T> {
      let response = await send(method, path, request);
      if (response.status === 401 && (await options.onUnauthenticated?.())) {
        response = await send(method, path, request);
      }
      if (!response.ok) throw await errorOf(response);
      return (await bodyOf(response)) as T;
    },
  };
}

function queryString(query: RestRequest['query']): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) params.set(name, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}

/** A proxy in between may answer without our error shape; then the status alone has to speak. */
async function errorOf(response: Response): Promise<ChatError> {
  const body = await bodyOf(response).catch(() => undefined);
  if (isWireError(body)) return new ChatError({ ...body, status: response.status });
  const retryable = response.status >= 500 || response.status === 429;
  return new ChatError({ code: 'client.unexpected_answer', retryable, status: response.status });
}
