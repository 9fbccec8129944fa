import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import type { EnvironmentView, RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView, TrackedEventView, UserView } from '../../src/contracts/users.js';
import { startCluster, type Cluster } from '../support/app.js';
import { asAgent, asUser, boot, connect, hire, next, register } from '../support/people.js';

const MEGABYTE = 1024 * 1024;
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

describe('what is known of a visitor, and what the widget is told', () => {
  let cluster: Cluster;
  let url: string;
  let owner: RegistrationView;
  let pluginKey: string;

  beforeAll(async () => {
    cluster = await startCluster(1, { LIMIT_BOOTS_PER_MINUTE: '10000' });
    url = cluster.nodes[0]?.url ?? '';
    owner = await register(url);
    pluginKey = owner.environment.pluginKey;
  }, 60_000);

  afterAll(() => cluster.stop());

  const environmentPath = () => `/v1/environments/${owner.environment.id}`;
  const change = (settings: object) =>
    request(url).patch(environmentPath()).set(asAgent(owner)).send({ settings });
  const patchSelf = (visitor: BootView, body: object) =>
    request(url).patch('/v1/users/me').set(asUser(pluginKey, visitor)).send(body);
  const track = (visitor: BootView, body: object) =>
    request(url).post('/v1/users/me/events').set(asUser(pluginKey, visitor)).send(body);
  const readUser = async ({ user }: BootView) =>
    (await request(url).get(`/v1/users/${user.id}`).set(asAgent(owner)).expect(200)).body as UserView;
  const eventsOf = async ({ user }: BootView, query: object = {}, as = owner) =>
    request(url).get(`/v1/users/${user.id}/events`).query(query).set(asAgent(as));

  describe('the settings of the widget', () => {
    it('change piece by piece, and reach the next boot and the visitors who are there', async () => {
      const visitor = await boot(url, pluginKey);
      const socket = await connect(url, { pluginKey, userToken: visitor.userToken });
      const told = next(socket, 'environment:updated');
      const widget = {
        theme: 'dark',
        spacing: { bottom: 96 },
        launcherText: '문의하기',
        replyTime: 'minutes',
        askEmail: false,
        askRating: false,
        greeting: { ja: 'ようこそ' },
        consent: { required: true, text: { en: '[Privacy](https://shop.example/privacy)' } },
        preChat: { enabled: true, fields: [{ key: 'email', required: true }] },
      };
      const { body } = await change({ widget }).expect(200);
      const settings = (body as EnvironmentView).settings.widget;
      expect(settings).toMatchObject({
        ...widget,
        spacing: { side: 20, bottom: 96 },
        greeting: { ko: expect.any(String), ja: 'ようこそ' },
        consent: { required: true, text: { ko: expect.any(String), ...widget.consent.text }, url: null },
      });
      expect((await told).settings).toEqual(settings);
      expect((await boot(url, pluginKey)).environment.settings).toEqual(settings);
      socket.disconnect();
    });

    it('keep what several admins change in the same moment', async () => {
      const changes = [
        { widget: { color: '#123456' } },
        { widget: { title: '한빛 상점' } },
        { widget: { spacing: { side: 33 } } },
        { linkPreviews: true },
        { moderation: { bannedWords: ['spam'] } },
      ];
      await Promise.all(changes.map((settings) => change(settings).expect(200)));
      const { body } = await request(url).get(environmentPath()).set(asAgent(owner)).expect(200);
      expect((body as EnvironmentView).settings).toMatchObject({
        widget: { color: '#123456', title: '한빛 상점', spacing: { side: 33 } },
        linkPreviews: true,
        moderation: { bannedWords: ['spam'] },
      });
    });

    it.each([
      ['a theme that is none', { widget: { theme: 'sepia' } }],
      ['a space that is too wide', { widget: { spacing: { side: 201 } } }],
      ['a long text on the button', { widget: { launcherText: 'x'.repeat(31) } }],
      ['a reply within seconds', { widget: { replyTime: 'seconds' } }],
      ['a policy that runs in the page', { widget: { consent: { url: 'javascript:alert(1)' } } }],
      [
        'the same question twice',
        { widget: { preChat: { fields: Array(2).fill({ key: 'name', required: true }) } } },
      ],
      ['an unknown question', { widget: { preChat: { fields: [{ key: 'password', required: true }] } } }],
      ['a zone that is none', { officeHours: { timeZone: 'Mars/Olympus' } }],
      ['an eighth day', { officeHours: { weekly: [{ day: 7, from: '09:00', to: '18:00' }] } }],
      ['a 25th hour', { officeHours: { weekly: [{ day: 1, from: '09:00', to: '25:00' }] } }],
      ['a day that never comes', { officeHours: { holidays: ['2026-02-30'] } }],
    ])('refuse %s', async (_, settings) => {
      expect((await change(settings).expect(400)).body).toMatchObject({ code: 'common.validation_failed' });
    });
  });

  it('tells the widget how large a file may be', async () => {
    expect((await boot(url, pluginKey)).environment.maxFileBytes).toBe(20 * MEGABYTE);
    await change({ files: { maxBytes: MEGABYTE } }).expect(200);
    expect((await boot(url, pluginKey)).environment.maxFileBytes).toBe(MEGABYTE);
  });

  it('tells the widget whether it is within office hours, and when they begin', async () => {
    expect((await boot(url, pluginKey)).environment.officeHours).toBeNull();
    const always = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: '00:00', to: '00:00' }));
    await change({ officeHours: { enabled: true, timeZone: 'Asia/Tokyo', weekly: always } }).expect(200);
    expect((await boot(url, pluginKey)).environment.officeHours).toEqual({ isOpen: true, opensAt: null });
    const tomorrow = new Date(Date.now() + 33 * 3_600_000);
    const weekly = [{ day: tomorrow.getUTCDay(), from: '09:00', to: '10:00' }];
    await change({ officeHours: { weekly } }).expect(200);
    const { isOpen, opensAt } = (await boot(url, pluginKey)).environment.officeHours ?? {};
    expect([isOpen, opensAt]).toEqual([false, `${tomorrow.toISOString().slice(0, 10)}T00:00:00.000Z`]);
  });

  it('knows where the visitor is, with what, and how the page has tagged them', async () => {
    const page = { url: 'https://shop.example/tea?kind=green', title: 'Green tea' };
    const answer = await request(url)
      .post('/v1/widget/boot')
      .set({ 'x-plugin-key': pluginKey, 'user-agent': IPHONE })
      .send({ page, tags: ['tea'] })
      .expect(200);
    const visitor = answer.body as BootView;
    const device = { kind: 'mobile', browser: 'Safari', os: 'iOS', lastSeenAt: expect.any(String) };
    expect(visitor.user).toMatchObject({ tags: ['tea'], page, devices: [device], consentedAt: null });
    const changed = await patchSelf(visitor, {
      addTags: ['buyer'],
      removeTags: ['tea'],
      page: { url: 'https://shop.example/cart' },
      consented: true,
    }).expect(200);
    expect(changed.body).toMatchObject({
      tags: ['buyer'],
      page: { url: 'https://shop.example/cart', title: null, at: expect.any(String) },
      consentedAt: expect.any(String),
    });
    expect(await readUser(visitor)).toMatchObject({ page: (changed.body as UserView).page, tags: ['buyer'] });
    const again = await boot(url, pluginKey, { visitorToken: visitor.visitorToken, tags: ['buyer'] });
    expect(again.user.consentedAt).toBe((changed.body as UserView).consentedAt);
    expect(again.user.devices.at(-1)).toMatchObject(device);
  });

  it.each([
    ['an address that would run in the page', { page: { url: 'javascript:alert(1)' } }],
    ['an address that is none', { page: { url: 'cart' } }],
    ['a consent that is taken back', { consented: false }],
    ['all tags at once', { tags: ['vip'] }],
    ['too many tags', { addTags: Array.from({ length: 31 }, (_, number) => `tag ${number}`) }],
    ['a device of its own making', { devices: [] }],
  ])('refuses %s', async (_, body) => {
    const visitor = await boot(url, pluginKey);
    const answer = await patchSelf(visitor, body).expect(400);
    expect(answer.body).toMatchObject({ code: 'common.validation_failed' });
  });

  describe('what the visitor did on the site', () => {
    it('is there for the agents, newest first, and in the export, and gone with the visitor', async () => {
      const visitor = await boot(url, pluginKey);
      await track(visitor, { name: 'cart_viewed' }).expect(204);
      await track(visitor, { name: ' order_placed ', properties: { total: 39_500, gift: true } }).expect(204);
      const { body: first } = await eventsOf(visitor, { limit: 1 });
      expect(first).toMatchObject({
        items: [{ name: 'order_placed', properties: { total: 39_500, gift: true }, at: expect.any(String) }],
        nextCursor: expect.any(String),
      });
      const { body: rest } = await eventsOf(visitor, {
        cursor: (first as { nextCursor: string }).nextCursor,
      });
      expect(rest).toMatchObject({ items: [{ name: 'cart_viewed', properties: {} }], nextCursor: null });
      const path = `/v1/users/${visitor.user.id}`;
      const exported = await request(url)
        .get(`${path}/export`)
        .set(asAgent(owner))
        .buffer(true)
        .parse(asText);
      const lines = (exported.body as string).trim().split('\n');
      const events = lines
        .slice(1)
        .map((line) => (JSON.parse(line) as { event: TrackedEventView }).event.name);
      expect(events).toEqual(['order_placed', 'cart_viewed']);
      await request(url).delete(path).set(asAgent(owner)).expect(200);
      expect((await eventsOf(visitor)).body).toMatchObject({ code: 'user.not_found' });
    });

    it('is no business of others', async () => {
      const visitor = await boot(url, pluginKey);
      await track(visitor, { name: 'order_placed' }).expect(204);
      const stranger = await register(url, 'Other');
      expect((await eventsOf(visitor, {}, stranger)).body).toMatchObject({ code: 'user.not_found' });
      const path = `/v1/users/${visitor.user.id}/events`;
      await request(url).get(path).set(asUser(pluginKey, visitor)).expect(403);
      await request(url).post('/v1/users/me/events').set(asAgent(owner)).send({ name: 'x' }).expect(403);
      const viewer = await hire(url, owner, { role: 'viewer' });
      expect((await eventsOf(visitor, {}, viewer)).status).toBe(200);
    });

    it.each([
      ['without a name', {}],
      ['with an empty name', { name: '  ' }],
      ['with a long name', { name: 'x'.repeat(61) }],
      ['with what is not flat', { name: 'x', properties: { items: [] } }],
      ['with too much', { name: 'x', properties: { text: 'x'.repeat(2_048) } }],
      ['with a time of its own', { name: 'x', at: '2020-01-01T00:00:00Z' }],
    ])('is refused %s', async (_, body) => {
      const answer = await track(await boot(url, pluginKey), body).expect(400);
      expect(answer.body).toMatchObject({ code: 'common.validation_failed' });
    });

    it('comes thirty times a minute', async () => {
      const visitor = await boot(url, pluginKey);
      for (let count = 0; count < 30; count += 1) await track(visitor, { name: 'view' }).expect(204);
      expect((await track(visitor, { name: 'view' }).expect(429)).body).toMatchObject({
        code: 'common.rate_limited',
        retryAfterMs: expect.any(Number),
      });
    });
  });
});

function asText(response: Response, done: (error: Error | null, body: unknown) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => (text += part));
  response.on('end', () => done(null, text));
}
