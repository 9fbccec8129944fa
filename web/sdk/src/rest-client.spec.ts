import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRestClient, type RestClient } from './rest-client.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

function aClient(
  answers: Response[],
  onUnauthenticated?: () => Promise<boolean>,
): { rest: RestClient; urls: string[] } {
  const urls: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    urls.push(url);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('network'));
  });
  return {
    urls,
    // As it is copied from an address bar.
    rest: createRestClient({ url: 'https://chat.example/', headers: () => ({}), onUnauthenticated }),
  };
}

const unauthenticated = (): Response =>
  Response.json({ code: 'auth.token_expired', message: 'old', requestId: 'r1' }, { status: 401 });

function hangUntilAborted(_url: string, { signal }: { signal: AbortSignal }): Promise<Response> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
  );
}

describe('createRestClient', () => {
  it('leaves out what is not set in a query', async () => {
    const { rest, urls } = aClient([Response.json({ items: [] })]);
    await rest.request('GET', '/v1/users', { query: { query: 'a b', cursor: undefined, limit: 5 } });
    expect(urls).toEqual(['https://chat.example/v1/users?query=a+b&limit=5']);
  });

  it('tries once more with fresh credentials', async () => {
    const { rest, urls } = aClient([unauthenticated(), Response.json({ id: 'u1' })], () =>
      Promise.resolve(true),
    );
    expect(await rest.request('GET', '/v1/users/me')).toEqual({ id: 'u1' });
    expect(urls).toHaveLength(2);
  });

  it('gives up when there are none', async () => {
    const { rest } = aClient([unauthenticated()], () => Promise.resolve(false));
    await expect(rest.request('GET', '/v1/users/me')).rejects.toMatchObject({
      code: 'auth.token_expired',
      status: 401,
      requestId: 'r1',
    });
  });

  it('copes with an answer that is not ours', async () => {
    const { rest } = aClient([new Response('<h1>Bad gateway</h1>', { status: 502 })]);
    await expect(rest.request('GET', '/x')).rejects.toMatchObject({ status: 502, retryable: true });
    const page = aClient([new Response('<h1>Sign in to this network</h1>')]);
    await expect(page.rest.request('GET', '/x')).rejects.toMatchObject({
      code: 'client.unexpected_answer',
      status: 200,
    });
  });

  it('calls a lost connection by its name', async () => {
    const { rest } = aClient([]);
    await expect(rest.request('GET', '/x')).rejects.toMatchObject({
      code: 'client.offline',
      retryable: true,
    });
  });

  it('gives up on a server that does not answer, and on what nobody wants any more', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', hangUntilAborted);
    const rest = createRestClient({ url: 'https://chat.example', headers: () => ({}) });
    const late = rest.request('GET', '/x').catch((error: unknown) => error);
    const unwanted = new AbortController();
    const dropped = rest.request('GET', '/x', { signal: unwanted.signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    unwanted.abort(new Error('left'));
    expect(await dropped).toMatchObject({ message: 'left' });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await late).toMatchObject({ code: 'client.timeout', retryable: true });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('answers nothing for an empty body', async () => {
    const { rest } = aClient([new Response(null, { status: 204 })]);
    expect(await rest.request('POST', '/v1/auth/logout')).toBeUndefined();
  });
});
