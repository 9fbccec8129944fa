import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aBoot } from '../../test/fixtures.js';
import type { FrameBootOptions } from '../protocol/messages.js';
import { Session } from './session.js';
import { createSafeStorage } from './storage.js';

const requests: { headers: Record<string, string>; body: Record<string, unknown> }[] = [];
let answer: () => Response;

beforeEach(() => {
  localStorage.clear();
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
});
