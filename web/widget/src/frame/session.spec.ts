import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aBoot } from '../../test/fixtures.js';
import type { Arrival, FrameBootOptions } from '../protocol/messages.js';
import { Session } from './session.js';
import { createPageStorage, createSafeStorage } from './storage.js';

const requests: { headers: Record<string, string>; body: Record<string, unknown> }[] = [];
let answer: () => Response | Promise<Response>;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  requests.length = 0;
  answer = () => Response.json(aBoot());
  vi.stubGlobal('fetch', (_url: string, init: { headers: Record<string, string>; body: string }) => {
    requests.push({ headers: init.headers, body: JSON.parse(init.body) as Record<string, unknown> });
    return Promise.resolve(answer());
  });
});

function aSession(options: Partial<FrameBootOptions> = {}, storage = createSafeStorage()): Session {
  return new Session(
    { pluginKey: 'pk', language: 'en', ...options },
    'https://shop.example',
    storage,
    'https://chat.example',
  );
}

describe(Session.name, () => {
  it('boots with the plugin key and the origin of the page', async () => {
    const session = aSession();
    await session.boot();
    expect(session.state.getSnapshot().phase).toBe('ready');
    expect(requests[0]?.headers).toMatchObject({
      'x-plugin-key': 'pk',
      'x-parent-origin': 'https://shop.example',
    });
    expect(requests[0]?.body).toEqual({ language: 'en' });
  });

  it('is the same visitor next time', async () => {
    await aSession().boot();
    await aSession().boot();
    expect(requests[1]?.body.visitorToken).toBe('v1');
  });

  it('keeps visitors of different plugin keys apart', async () => {
    await aSession().boot();
    await aSession({ pluginKey: 'other' }).boot();
    expect(requests[1]?.body.visitorToken).toBeUndefined();
  });

  it('keeps no token of a member', async () => {
    answer = () => Response.json(aBoot({ visitorToken: 'of-member' }));
    await aSession({ memberId: 'm1', memberHash: 'h' }).boot();
    expect(requests[0]?.body).toMatchObject({ memberId: 'm1', memberHash: 'h' });
    expect(JSON.stringify({ ...localStorage })).not.toContain('of-member');
  });

  it('forgets the visitor who became a member', async () => {
    await aSession().boot();
    await aSession({ memberId: 'm1' }).boot();
    await aSession().boot();
    expect(requests.map(({ body }) => body.visitorToken)).toEqual([undefined, 'v1', undefined]);
  });

  describe('that the loader has booted', () => {
    const known = { token: 'k1', userId: 'u1', settings: aBoot().environment.settings };
    const kept = (token: string) => JSON.stringify({ token, userId: 'u1' });
    const VISITOR = 'fast-light-chat:pk:visitor';
    const TALKED = 'fast-light-chat:pk:talked';

    /** With what the page around keeps. */
    function aKnownSession(options: Partial<FrameBootOptions> = {}, page: [string, string][] = []) {
      const pageKeeps = new Map(page);
      const pageStorage = createPageStorage(page, (key, value) =>
        value === null ? pageKeeps.delete(key) : pageKeeps.set(key, value),
      );
      const own = createSafeStorage();
      const boot = { pluginKey: 'pk', language: 'en', known, ...options };
      const from = ['https://shop.example', own, 'https://chat.example', null, pageStorage] as const;
      return { session: new Session(boot, ...from), own, pageKeeps };
    }

    it('goes on as they are, without being introduced again', async () => {
      const { session } = aKnownSession({ memberId: 'm1', memberToken: 'ended', profile: { name: 'Kim' } });
      await session.boot();
      expect(requests.map(({ body }) => body)).toEqual([{ language: 'en', visitorToken: 'k1' }]);
      expect(session.state.getSnapshot().phase).toBe('ready');
    });

    it('is introduced again when the server has forgotten them', async () => {
      const answers = [{ id: 'u2' }, { id: 'u1' }];
      answer = () => Response.json(aBoot({ user: { ...aBoot().user, ...answers[requests.length - 1] } }));
      await aKnownSession({ memberId: 'm1', memberHash: 'h' }).session.boot();
      expect(requests[1]?.body).toMatchObject({ memberId: 'm1', memberHash: 'h' });
      // The one whom the server has made in their place.
      expect(requests[1]?.body.visitorToken).toBe('v1');
    });

    it('is kept by the page until they write, and here from then on', async () => {
      const { session, own, pageKeeps } = aKnownSession({}, [[VISITOR, kept('k1')]]);
      await session.boot();
      expect(pageKeeps.get(VISITOR)).toBe(kept('v1'));
      expect(own.getItem(VISITOR)).toBeNull();
      session.rememberTalk();
      expect([...pageKeeps]).toEqual([[TALKED, '1']]);
      expect(own.getItem(VISITOR)).toBe(kept('v1'));
    });

    it('was an anonymous visitor who has written, of whom a page that boots a member knows nothing', async () => {
      const { own } = aKnownSession();
      own.setItem(TALKED, '1');
      own.setItem(VISITOR, kept('v9'));
      const { session, pageKeeps } = aKnownSession({ memberId: 'm1', memberHash: 'h', known: undefined });
      await session.boot();
      expect(requests[0]?.body).toMatchObject({ memberId: 'm1', visitorToken: 'v9' });
      expect(own.getItem(VISITOR)).toBeNull();
      expect(pageKeeps.get('fast-light-chat:pk:introduced')).toBe('1');
    });

    it('gives way to whom has written here, when the page has forgotten that they have', async () => {
      const { own } = aKnownSession();
      own.setItem(TALKED, '1');
      own.setItem(VISITOR, JSON.stringify({ token: 'v9', userId: 'u9' }));
      answer = () => Response.json(aBoot({ user: { ...aBoot().user, id: 'u9' } }));
      const { session, pageKeeps } = aKnownSession({ profile: { name: 'Kim' } }, [[VISITOR, kept('k1')]]);
      await session.boot();
      expect(requests.map(({ body }) => body)).toEqual([
        { language: 'en', visitorToken: 'v9', profile: { name: 'Kim' } },
      ]);
      expect([...pageKeeps]).toEqual([[TALKED, '1']]);
    });
  });

  it('survives a blocked storage', async () => {
    const blocked = createSafeStorage(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    const session = aSession({}, blocked);
    await session.boot();
    expect(session.state.getSnapshot().phase).toBe('ready');
  });

  it('says why it failed', async () => {
    answer = () => Response.json({ code: 'auth.forbidden', message: 'no', requestId: 'r' }, { status: 403 });
    const session = aSession();
    await session.boot();
    expect(session.state.getSnapshot()).toMatchObject({
      phase: 'failed',
      error: { code: 'auth.forbidden', status: 403 },
    });
  });

  it('renews by the visitor token alone, once for everybody who asks', async () => {
    const session = aSession({ memberId: 'm1', memberToken: 'short-lived' });
    await session.boot();
    answer = () => Response.json(aBoot({ userToken: 't2' }));
    const renewed = await Promise.all([session.auth('expired'), session.auth('expired')]);
    expect(renewed).toEqual(Array(2).fill({ pluginKey: 'pk', userToken: 't2' }));
    expect(requests).toHaveLength(2);
    expect(requests[1]?.body).toEqual({ language: 'en', visitorToken: 'v1' });
  });

  it('ends rather than becoming somebody else when its token is no good any more', async () => {
    const session = aSession({ memberId: 'm1', memberHash: 'h' });
    await session.boot();
    answer = () => Response.json(aBoot({ user: { ...aBoot().user, id: 'u2' }, visitorToken: 'v2' }));
    await expect(session.auth('expired')).rejects.toMatchObject({
      code: 'auth.visitor_lost',
      retryable: false,
    });
    expect(session.state.getSnapshot().boot?.user.id).toBe('u1');
    // Each further question would make one more visitor.
    await expect(session.auth('expired')).rejects.toMatchObject({ code: 'auth.visitor_lost' });
    expect(requests).toHaveLength(2);
  });

  it('goes on in a tab as the same visitor, also after a reload, and as nobody else', async () => {
    const page = aSession({ appearance: 'dark' });
    await page.boot();
    const wanted = { conversationId: null, message: 'About my order' };
    const arrival = await page.handOver(wanted);
    expect(arrival).toEqual({
      pluginKey: 'pk',
      visitorToken: 'v1',
      parentOrigin: 'https://shop.example',
      language: 'en',
      appearance: 'dark',
      wanted,
    });

    const storage = createSafeStorage(() => sessionStorage);
    const tab = (from: Arrival) =>
      new Session({ pluginKey: 'pk' }, 'https://shop.example', storage, 'https://chat.example', from);
    await tab(arrival).boot();
    await tab({ pluginKey: 'pk' }).boot();
    expect(requests.slice(1).map(({ body }) => body.visitorToken)).toEqual(['v1', 'v1']);
    answer = () => Response.json(aBoot({ user: { ...aBoot().user, id: 'u2' } }));
    const late = tab({ pluginKey: 'pk' });
    await late.boot();
    expect(late.state.getSnapshot()).toMatchObject({
      phase: 'failed',
      error: { code: 'auth.visitor_lost' },
    });
  });

  it('asks for nobody new when it has lost what it was handed', async () => {
    const storage = createSafeStorage(() => sessionStorage);
    const lost = new Session({ pluginKey: 'pk' }, 'x', storage, 'https://chat.example', { pluginKey: 'pk' });
    await lost.boot();
    expect(lost.state.getSnapshot().error?.code).toBe('auth.visitor_lost');
    expect(requests).toEqual([]);
  });

  it('shows no empty chat of somebody new to who comes by a link that has ended', async () => {
    const storage = createSafeStorage(() => sessionStorage);
    const come = async (userId: string) => {
      const link = { pluginKey: 'pk', visitorToken: 'of a mail', userId };
      const session = new Session({ pluginKey: 'pk' }, 'x', storage, 'https://chat.example', link);
      await session.boot();
      return session.state.getSnapshot();
    };
    expect(await come('u1')).toMatchObject({ phase: 'ready', boot: { user: { id: 'u1' } } });
    expect(await come('u9')).toMatchObject({ phase: 'failed', error: { code: 'auth.visitor_lost' } });
  });

  it.each([null, '', undefined])('takes a page that knows no member at its word (%j)', async (memberId) => {
    await aSession({ memberId: memberId as string }).boot();
    expect(requests[0]?.body).toEqual({ language: 'en' });
    expect(JSON.stringify({ ...localStorage })).toContain('v1');
  });

  it('takes a number for a member, and the names of Channel Talk', async () => {
    const profile = { mobileNumber: '+821012345678', name: 'Kim' };
    await aSession({ memberId: 7 as never, profile }).boot();
    expect(requests[0]?.body).toMatchObject({
      memberId: '7',
      profile: { phone: '+821012345678', name: 'Kim' },
    });
  });

  it('goes on without what the server refuses about the visitor, and says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const refusals = [
      [{ path: 'tags', message: 'must be texts' }],
      [{ path: 'profile.email', message: 'is none' }],
    ];
    answer = () => {
      const details = refusals.shift();
      const error = { code: 'common.validation_failed', message: 'no', requestId: 'r', details };
      return details ? Response.json(error, { status: 400 }) : Response.json(aBoot());
    };
    const profile = { name: 'Kim', email: 'kim@', plan: 'gold' };
    const session = aSession({ memberId: 'm1', memberHash: 'h', profile, tags: [5] as never });
    await session.boot();
    expect(session.state.getSnapshot().phase).toBe('ready');
    expect(requests.at(-1)?.body).toEqual({
      memberId: 'm1',
      memberHash: 'h',
      profile: { name: 'Kim', plan: 'gold' },
      language: 'en',
    });
    expect(warn.mock.calls.map(String)).toEqual([
      expect.stringContaining('tags'),
      expect.stringContaining('profile.email: is none'),
    ]);
    expect(session.options.profile).toEqual(profile);
    warn.mockRestore();
  });

  it.each([
    [{ memberId: 'x' }, 'memberId'],
    [{}, 'profile.email'],
  ])('does not go on without who it is, nor for ever: %j, %s', async (options, path) => {
    const details = [{ path, message: 'no' }];
    const error = { code: 'common.validation_failed', message: 'no', requestId: 'r', details };
    answer = () => Response.json(error, { status: 400 });
    const session = aSession(options);
    await session.boot();
    expect(session.state.getSnapshot().error?.code).toBe('common.validation_failed');
    expect(requests).toHaveLength(1);
  });

  it('takes null and empty texts for what is not known', async () => {
    const nothing = { profile: null, tags: null, memberId: '', memberHash: '', memberToken: '' } as never;
    await aSession(nothing).boot();
    await aSession({ memberId: 'm1', memberHash: '', profile: { mobileNumber: 1012345678 } }).boot();
    expect(requests.map(({ body }) => body)).toEqual([
      { language: 'en' },
      { language: 'en', memberId: 'm1', profile: { phone: '1012345678' }, visitorToken: 'v1' },
    ]);
  });

  it.each([
    ['ko-KR', 'ko'],
    ['jp', 'ja'],
    ['ja', 'ja'],
    ['fr', 'en'],
  ])('speaks for %s: %s', (wanted, spoken) => {
    expect(aSession({ language: wanted }).state.getSnapshot().language).toBe(spoken);
  });

  it('changes the user once there is one, and fills in only what is missing', async () => {
    const session = aSession();
    const profile = { name: 'Kim', email: null, phone: null, avatarUrl: null };
    answer = () => Response.json(aBoot({ user: { ...aBoot().user, profile } }));
    const changing = session.changeUser({ profileOnce: { name: 'Lee', plan: 'gold' }, addTags: ['vip'] });
    expect(requests).toEqual([]);
    await session.boot();
    answer = () => Response.json({ tags: ['vip'] });
    await changing;
    expect(requests[1]?.headers).toMatchObject({ 'x-plugin-key': 'pk', 'x-user-token': 't1' });
    expect(requests[1]?.body).toEqual({ profile: { plan: 'gold' }, addTags: ['vip'] });
    expect(session.state.getSnapshot().boot?.user).toMatchObject({ id: 'u1', tags: ['vip'] });
  });

  it('changes the user in the order of asking, whatever becomes of one change', async () => {
    const session = aSession();
    await session.boot();
    const refusal = Response.json({ code: 'x', message: 'no', requestId: 'r' }, { status: 400 });
    let refuse = (): void => undefined;
    answer = () => new Promise((resolve) => (refuse = () => resolve(refusal)));
    const first = session.changeUser({ addTags: ['new'] });
    const second = session.changeUser({ removeTags: ['new'] });
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    answer = () => Response.json({ tags: [] });
    refuse();
    await expect(first).rejects.toMatchObject({ code: 'x' });
    await second;
    expect(requests.slice(1).map(({ body }) => body)).toEqual([
      { addTags: ['new'] },
      { removeTags: ['new'] },
    ]);
  });

  it('says what the visitor does without what the server takes of it for no value', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const session = aSession();
    await session.boot();
    answer = () => {
      const details = [{ path: 'properties.items', message: 'must be a text' }];
      const error = { code: 'common.validation_failed', message: 'no', requestId: 'r', details };
      return requests.length > 2
        ? new Response(null, { status: 204 })
        : Response.json(error, { status: 400 });
    };
    await session.track('Ordered', { amount: 3, items: ['tea'] });
    expect(requests[2]?.body).toEqual({ name: 'Ordered', properties: { amount: 3 } });
    expect(warn.mock.calls.map(String)).toEqual([
      'FastLightChat: track goes on without properties.items: must be a text.',
    ]);
    warn.mockRestore();
  });

  it('says what the visitor does, and at a pace where they are', async () => {
    vi.useFakeTimers();
    const session = aSession();
    await session.boot();
    answer = () => new Response(null, { status: 204 });
    for (const title of ['Shop', 'Teas']) session.pageChanged({ url: 'https://shop.example/teas', title });
    await session.track('Ordered', { amount: 3 });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(requests.slice(1).map(({ body }) => body)).toEqual([
      { name: 'Ordered', properties: { amount: 3 } },
      { page: { url: 'https://shop.example/teas', title: 'Teas' } },
    ]);
    vi.useRealTimers();
  });

  it.each([
    ['https://shop.example/teas', 'https://shop.example/teas'],
    [`https://shop.example/teas?q=${'x'.repeat(2_000)}`, 'https://shop.example/teas'],
  ])('says at the boot where it is, as far as the server takes it', async (url, told) => {
    await aSession({ page: { url, title: 'T'.repeat(301) }, tags: ['vip'] }).boot();
    expect(requests[0]?.body).toMatchObject({ page: { url: told, title: 'T'.repeat(300) }, tags: ['vip'] });
  });

  it('says nothing of a page that has no address on the web', async () => {
    vi.useFakeTimers();
    const session = aSession({ page: { url: 'file:///app/index.html', title: 'App' } });
    await session.boot();
    session.pageChanged({ url: 'app://shop', title: 'App' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(requests.map(({ body }) => body)).toEqual([{ language: 'en', visitorToken: undefined }]);
    vi.useRealTimers();
  });

  it('finds out who is there when it is opened long after the boot', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const session = aSession();
    await session.opened();
    await session.boot();
    await session.opened();
    expect(requests).toHaveLength(1);
    vi.setSystemTime(Date.now() + 6 * 60_000);
    const online = { ...aBoot().environment, online: false };
    answer = () => Response.json(aBoot({ environment: online }));
    await session.opened();
    expect(session.state.getSnapshot().boot?.environment.online).toBe(false);
    vi.useRealTimers();
  });
});
