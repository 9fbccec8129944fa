import { vi } from 'vitest';

export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  signal: AbortSignal | null;
}

export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };
type Handler = (request: FakeRequest) => Answer | Promise<Answer>;

/** Stands for the server's REST. Keys are `METHOD /path`; what is not there is not found. */
export function fakeServer(routes: Record<string, Handler>): { requests: FakeRequest[] } {
  const requests: FakeRequest[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input);
    const request: FakeRequest = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
      signal: init.signal ?? null,
    };
    requests.push(request);
    const {
      status = 200,
      body,
      headers,
    } = (await routes[`${request.method} ${request.path}`]?.(request)) ?? notFound(request);
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  });
  return { requests };
}

function notFound({ path }: FakeRequest): Answer {
  return refusal(404, 'common.not_found', `Nothing at ${path}`);
}

export function refusal(status: number, code: string, message = code): Answer {
  return { status, body: { code, message, requestId: 'request-1' } };
}

export const page = (items: unknown[]): Answer => ({ body: { items, nextCursor: null } });
