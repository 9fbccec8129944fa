import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  FetchFailed,
  GuardedFetch,
  type FetchOptions,
  type PostOptions,
  type Resolve,
} from './guarded-fetch.js';
import { KeptConnections } from './kept-connections.js';

const HTML: FetchOptions = { types: ['text/html'], maxBytes: 10_000, timeoutMs: 2_000 };
const AT_HOME: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
const METADATA: LookupAddress[] = [{ address: '169.254.169.254', family: 4 }];

describe(GuardedFetch.name, () => {
  const servers: Server[] = [];
  const resolve = jest.fn<Resolve>();
  const fetch = new GuardedFetch({ mayUseLocalhost: true }, resolve);
  const inProduction = new GuardedFetch({ mayUseLocalhost: false }, resolve);

  afterEach(async () => {
    resolve.mockReset();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });

  async function serve(listener: RequestListener, host = '127.0.0.1', port = 0): Promise<number> {
    const server = createServer(listener).listen(port, host);
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  const page = (html: string): RequestListener => {
    return (_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
  };
  const leadTo = (location: string): RequestListener => {
    return (_, response) => response.writeHead(302, { location }).end();
  };
  const get = (url: string, options: Partial<FetchOptions> = {}, by = fetch) =>
    by.get(url, { ...HTML, ...options });
  const refuses = (fault: string, promise: Promise<unknown>) =>
    expect(promise).rejects.toMatchObject({ name: FetchFailed.name, fault });

  it('gets a page', async () => {
    resolve.mockResolvedValue(AT_HOME);
    const port = await serve(page('<p>안녕'));
    const fetched = await get(`http://localhost:${port}/a?b=c`);
    expect(fetched.body.toString()).toBe('<p>안녕');
    expect(fetched).toMatchObject({ contentType: 'text/html; charset=utf-8' });
    expect(fetched.url.href).toBe(`http://localhost:${port}/a?b=c`);
  });

  it('sends nothing of its own but what it wants', async () => {
    resolve.mockResolvedValue(AT_HOME);
    const seen = jest.fn();
    const port = await serve((request, response) => {
      seen(request.headers);
      page('')(request, response);
    });
    await get(`http://localhost:${port}/`);
    expect(seen).toHaveBeenCalledWith({
      host: `localhost:${port}`,
      accept: 'text/html',
      'accept-encoding': 'identity',
      'user-agent': 'FastLightChat/1',
      connection: 'close',
    });
  });

  describe('where it does not go', () => {
    it.each([
      'ftp://files.example/',
      'file:///etc/passwd',
      'http://shop.example/',
      'https://shop.example:8443/',
      'https://shop.example:22/',
      'https://me:secret@shop.example/',
      'https://me@shop.example/',
      'http://localhost/',
      'not a url',
      '',
    ])('refuses %j before it is looked up', async (url) => {
      await refuses('url', get(url, {}, inProduction));
      expect(resolve).not.toHaveBeenCalled();
    });

    it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '100.64.0.1', '::1', '::ffff:10.0.0.1', 'fd00::1'])(
      'refuses a name that says %s, also beside a public one',
      async (address) => {
        const family = address.includes(':') ? 6 : 4;
        resolve.mockResolvedValue([
          { address: '93.184.216.34', family: 4 },
          { address, family },
        ]);
        await refuses('address', get('https://shop.example/', {}, inProduction));
      },
    );

    it('refuses a name that says nothing', async () => {
      resolve.mockResolvedValue([]);
      await refuses('address', get('https://shop.example/'));
    });

    it.each([
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://017700000001/',
      'https://[::1]/',
      'https://[::ffff:7f00:1]/',
      'https://[64:ff9b::7f00:1]/',
      'https://localhost/',
      'https://localhost./',
      'https://①②⑦.0.0.1/',
    ])('refuses %s in production, with the resolver of the machine', async (url) => {
      await expect(new GuardedFetch({ mayUseLocalhost: false }).get(url, HTML)).rejects.toThrow(FetchFailed);
    });

    it('is not led from a page to where it would not go', async () => {
      resolve.mockImplementation(async (host) => (host === 'localhost' ? AT_HOME : METADATA));
      for (const location of [
        'https://169.254.169.254/latest/',
        'https://metadata.example/',
        '//metadata.example/',
      ]) {
        const port = await serve(leadTo(location.replace(/^\/\//, 'https://')));
        await refuses('address', get(`http://localhost:${port}/`));
      }
      for (const location of ['http://shop.example/', 'file:///etc/passwd', 'https://a:b@shop.example/']) {
        const port = await serve(leadTo(location));
        await refuses('url', get(`http://localhost:${port}/`));
      }
    });

    it('connects to the address that was checked, whatever the name says a moment later', async () => {
      const port = await serve(page('the one that was checked'), '127.0.0.1');
      await serve(page('another'), '127.0.0.2', port);
      resolve.mockResolvedValueOnce(AT_HOME).mockResolvedValue([{ address: '127.0.0.2', family: 4 }]);
      const { body } = await get(`http://localhost:${port}/`);
      expect(body.toString()).toBe('the one that was checked');
      expect(resolve).toHaveBeenCalledTimes(1);
    });

    it('checks again at each redirect, since the name may say something else by then', async () => {
      const port = await serve(leadTo('/again'));
      resolve.mockResolvedValueOnce(AT_HOME).mockResolvedValue(METADATA);
      await refuses('address', get(`http://localhost:${port}/`));
    });
  });

  describe('how much it takes', () => {
    it('follows three redirects and no more', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const port = await serve((request, response) => {
        const left = Number(request.url!.slice(1));
        return left === 0 ? page('here')(request, response) : leadTo(`/${left - 1}`)(request, response);
      });
      expect((await get(`http://localhost:${port}/3`)).url.pathname).toBe('/0');
      await refuses('redirects', get(`http://localhost:${port}/4`));
    });

    it.each([
      ['another type', { 'content-type': 'application/pdf' }],
      ['no type', {}],
      ['what is packed', { 'content-type': 'text/html', 'content-encoding': 'gzip' }],
    ])('does not read %s', async (_, headers) => {
      resolve.mockResolvedValue(AT_HOME);
      const port = await serve((_request, response) => response.writeHead(200, headers).end('x'));
      await refuses('type', get(`http://localhost:${port}/`));
    });

    it('does not take an error for a page', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const port = await serve((_, response) =>
        response.writeHead(404, { 'content-type': 'text/html' }).end('x'),
      );
      await refuses('status', get(`http://localhost:${port}/`));
    });

    it('stops at what is too large, said before or not', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const said = await serve(page('x'.repeat(10_001)));
      await refuses('size', get(`http://localhost:${said}/`));
      let closed: Promise<unknown> | undefined;
      const endless = await serve((_, response) => {
        response.setHeader('content-type', 'text/html');
        closed = once(response, 'close');
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(1_000)));
        };
        response.on('drain', more);
        more();
      });
      await refuses('size', get(`http://localhost:${endless}/`));
      await closed;
      const { body } = await get(`http://localhost:${endless}/`, { cutsLonger: true });
      expect(body).toHaveLength(10_000);
      await closed;
    });

    it.each<[string, RequestListener]>([
      ['says nothing', () => undefined],
      [
        'stops in the middle',
        (_, response) => response.setHeader('content-type', 'text/html').write('<p>') && undefined,
      ],
      [
        'drips',
        (_, response) => {
          response.setHeader('content-type', 'text/html');
          const timer = setInterval(() => response.write('x'), 20);
          response.on('close', () => clearInterval(timer));
        },
      ],
    ])('gives up on a server that %s', async (_, listener) => {
      resolve.mockResolvedValue(AT_HOME);
      const port = await serve(listener);
      const before = performance.now();
      await refuses('timeout', get(`http://localhost:${port}/`, { timeoutMs: 200 }));
      expect(performance.now() - before).toBeLessThan(1_500);
    });

    it('gives up on a name that is never resolved', async () => {
      resolve.mockReturnValue(new Promise(() => undefined));
      await refuses('timeout', get('https://shop.example/', { timeoutMs: 100 }));
    });

    it('says so when nobody is there', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const port = await serve(page(''));
      servers[0]!.close();
      servers[0]!.closeAllConnections();
      await refuses('network', get(`http://localhost:${port}/`));
      servers.length = 0;
    });
  });

  describe('post', () => {
    const post = (url: string, options: Partial<PostOptions> = {}, by = fetch) =>
      by.post(url, { headers: {}, body: '{}', maxBytes: 10_000, timeoutMs: 2_000, ...options });
    const bodyOf = async (request: IncomingMessage) => (await request.toArray()).join('');

    it('sends what it is given, and answers what was answered', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const seen = jest.fn();
      const heard = async (request: IncomingMessage, response: ServerResponse) => {
        const { method, headers } = request;
        seen({ method, type: headers['content-type'] }, await bodyOf(request));
        response.writeHead(422, { 'retry-after': '7' }).end('안녕');
      };
      const port = await serve((request, response) => void heard(request, response));
      const headers = { 'content-type': 'application/json' };
      const answer = await post(`http://localhost:${port}/hooks`, { headers, body: '{"말":1}' });
      expect(seen).toHaveBeenCalledWith({ method: 'POST', type: 'application/json' }, '{"말":1}');
      expect(answer).toMatchObject({ status: 422, headers: { 'retry-after': '7' } });
      expect(answer.body.toString()).toBe('안녕');
    });

    it('answers a redirect and does not follow it', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const port = await serve(leadTo('https://169.254.169.254/latest/'));
      expect(await post(`http://localhost:${port}/`)).toMatchObject({ status: 302 });
      expect(resolve).toHaveBeenCalledTimes(1);
    });

    it('reads the beginning of a long answer, and hangs up', async () => {
      resolve.mockResolvedValue(AT_HOME);
      let closed: Promise<unknown> | undefined;
      const port = await serve((_, response) => {
        closed = once(response, 'close');
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(1_000)));
        };
        response.on('drain', more);
        more();
      });
      expect((await post(`http://localhost:${port}/`)).body).toHaveLength(10_000);
      await closed;
    });

    it('goes nowhere else than get', async () => {
      resolve.mockResolvedValue(METADATA);
      await refuses('address', post('https://shop.example/', {}, inProduction));
      await refuses('url', post('http://shop.example/', {}, inProduction));
    });

    it('connects to the address that was checked, whatever the name says a moment later', async () => {
      const port = await serve((_, response) => response.end('checked'), '127.0.0.1');
      await serve((_, response) => response.end('another'), '127.0.0.2', port);
      resolve.mockResolvedValueOnce(AT_HOME).mockResolvedValue([{ address: '127.0.0.2', family: 4 }]);
      expect((await post(`http://localhost:${port}/`)).body.toString()).toBe('checked');
    });

    it('gives up on a server that says nothing, and on one that stops in the middle', async () => {
      resolve.mockResolvedValue(AT_HOME);
      for (const listener of [
        () => undefined,
        (_: unknown, response: ServerResponse) => void response.write('x'),
      ]) {
        const port = await serve(listener);
        await refuses('timeout', post(`http://localhost:${port}/`, { timeoutMs: 200 }));
      }
    });
  });

  describe('post what may be repeated', () => {
    const fetches: GuardedFetch[] = [];
    afterEach(() => {
      for (const one of fetches.splice(0)) one.onApplicationShutdown();
    });

    function aFetch(kept = new KeptConnections()): GuardedFetch {
      const made = new GuardedFetch({ mayUseLocalhost: true }, resolve, kept);
      fetches.push(made);
      return made;
    }
    const post = async (by: GuardedFetch, port: number, given: Partial<PostOptions> = {}) => {
      const options = { headers: {}, body: '{}', maxBytes: 10_000, timeoutMs: 5_000, isRepeatable: true };
      return (await by.post(`http://localhost:${port}/`, { ...options, ...given })).body.toString();
    };
    /** Hangs up by itself only where it is told to. */
    async function aReceiver(
      listener: RequestListener = (_, response) => response.end(),
      host?: string,
      onPort?: number,
    ) {
      const sockets: Socket[] = [];
      const requests: Socket[] = [];
      const port = await serve(
        (request, response) => {
          requests.push(request.socket);
          request.resume().on('end', () => listener(request, response));
        },
        host,
        onPort,
      );
      const server = servers.at(-1)!;
      server.keepAliveTimeout = 0;
      server.on('connection', (socket) => sockets.push(socket));
      return { port, server, sockets, requests };
    }

    it('goes over one connection, several at once over as many', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const { port, sockets, requests } = await aReceiver();
      const by = aFetch();
      await post(by, port);
      await post(by, port);
      expect([sockets.length, requests.length]).toEqual([1, 2]);
      await Promise.all([post(by, port), post(by, port)]);
      await Promise.all([post(by, port), post(by, port)]);
      expect([sockets.length, requests.length]).toEqual([2, 6]);
      expect(resolve).toHaveBeenCalledTimes(6);
    });

    it('keeps none for what must not be said twice', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const { port, sockets } = await aReceiver();
      const by = aFetch();
      await post(by, port);
      await post(by, port, { isRepeatable: false });
      expect(sockets).toHaveLength(2);
    });

    it('is not ended by the time of the request before it', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const { port, sockets, requests } = await aReceiver((_, response) => {
        setTimeout(() => response.end('in time'), requests.length === 1 ? 0 : 1_200);
      });
      const by = aFetch(new KeptConnections(300));
      await post(by, port, { timeoutMs: 1_000 });
      expect(await post(by, port)).toBe('in time');
      expect(sockets).toHaveLength(1);
    });

    it('opens another where the receiver has closed it', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const { port, sockets, server } = await aReceiver();
      const by = aFetch();
      await post(by, port);
      const closed = once(sockets[0]!, 'close');
      server.closeIdleConnections();
      await closed;
      await post(by, port);
      expect(sockets).toHaveLength(2);
    });

    it('says it again where the receiver closes it in that very moment, once', async () => {
      resolve.mockResolvedValue(AT_HOME);
      let isDeaf = false;
      const { port, sockets, requests } = await aReceiver((request, response) => {
        if (isDeaf || (request.socket === requests[0] && requests.length > 1)) request.socket.destroy();
        else response.end('heard');
      });
      const by = aFetch();
      await post(by, port);
      expect(await post(by, port)).toBe('heard');
      expect([sockets.length, requests.length]).toEqual([2, 3]);
      await post(by, port);
      isDeaf = true;
      await refuses('network', post(by, port));
      expect([sockets.length, requests.length]).toEqual([4, 6]);
    });

    it('does not say it again over a connection of its own, or once an answer has begun', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const { port, requests } = await aReceiver((request, response) => {
        if (requests.length === 1) request.socket.destroy();
        else if (requests.length === 2) response.end();
        else response.write('half', () => request.socket.destroy());
      });
      const by = aFetch();
      await refuses('network', post(by, port));
      expect(requests).toHaveLength(1);
      await post(by, port);
      await refuses('network', post(by, port));
      expect(requests).toHaveLength(3);
      expect(requests[2]).toBe(requests[1]);
    });

    it('goes to the newly checked address when the name says another', async () => {
      const { port, requests } = await aReceiver();
      const another = await aReceiver((_, response) => response.end('another'), '127.0.0.2', port);
      const moved: LookupAddress[] = [{ address: '127.0.0.2', family: 4 }];
      const by = aFetch();
      resolve.mockResolvedValue(AT_HOME);
      await post(by, port);
      resolve.mockResolvedValue(moved);
      expect(await post(by, port)).toBe('another');
      expect(await post(by, port)).toBe('another');
      expect([requests.length, another.requests.length, another.sockets.length]).toEqual([1, 2, 1]);
      resolve.mockResolvedValue([...moved, ...AT_HOME]);
      await post(by, port);
      resolve.mockResolvedValue([...AT_HOME, ...moved]);
      await post(by, port);
      expect(new Set([...requests, ...another.requests]).size).toBe(3);
    });

    it('goes nowhere when the name says what it may not go to, however good a connection it has', async () => {
      const { port, sockets, requests } = await aReceiver();
      const by = aFetch();
      resolve.mockResolvedValue(AT_HOME);
      await post(by, port);
      for (const answer of [METADATA, [...AT_HOME, ...METADATA]]) {
        resolve.mockResolvedValue(answer);
        await refuses('address', post(by, port));
      }
      expect([sockets[0]!.destroyed, requests.length]).toEqual([false, 1]);
    });

    it('keeps a connection for a moment only', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const { port, sockets } = await aReceiver();
      await post(aFetch(new KeptConnections(50)), port);
      await once(sockets[0]!, 'close');
    });

    it('keeps so many over all places, and no more', async () => {
      resolve.mockResolvedValue(AT_HOME);
      const [one, other] = [await aReceiver(), await aReceiver()];
      const by = aFetch(new KeptConnections(60_000, 1));
      await post(by, one.port);
      const closed = new Promise((done) =>
        other.server.once('connection', (socket) => socket.once('close', done)),
      );
      await post(by, other.port);
      await closed;
      await post(by, one.port);
      expect(one.sockets).toHaveLength(1);
    });

    it('ends those that are kept with the process, and those in use after their answer', async () => {
      resolve.mockResolvedValue(AT_HOME);
      let answer = () => undefined as void;
      let isAsked = () => undefined as void;
      const asked = new Promise<void>((done) => (isAsked = done));
      const { port, sockets, requests } = await aReceiver((_, response) => {
        if (requests.length <= 2) return void response.end();
        answer = () => void response.end('the last');
        isAsked();
      });
      const by = aFetch(new KeptConnections(60_000));
      await Promise.all([post(by, port), post(by, port)]);
      const last = post(by, port);
      await asked;
      const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
      by.onApplicationShutdown();
      answer();
      expect(await last).toBe('the last');
      await closed;
      expect(sockets).toHaveLength(2);
    });
  });

  describe('check', () => {
    const check = (url: string, by = inProduction) => by.check(url, 1_000);

    it('takes what it would go to, without going there', async () => {
      resolve.mockResolvedValue([{ address: '93.184.216.34', family: 4 }]);
      await expect(check('https://shop.example/hooks')).resolves.toBeUndefined();
    });

    it('says what speaks against it', async () => {
      await refuses('url', check('http://shop.example/'));
      resolve.mockResolvedValue(METADATA);
      await refuses('address', check('https://shop.example/'));
      resolve.mockRejectedValue(new Error('ENOTFOUND'));
      await refuses('network', check('https://shop.example/'));
    });
  });
});
