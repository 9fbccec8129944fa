import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import sharp from 'sharp';
import request from 'supertest';
import { AppConfig } from '../../src/config/app-config.js';
import type { AgentView, OwnAgentView } from '../../src/contracts/tenants.js';
import { AgentService } from '../../src/modules/agent/agent.service.js';
import { startCluster, type Cluster } from '../support/app.js';
import { connect, next, type Client } from '../support/people.js';
import { aTenant, SWEEPING, type Headers, type Tenant } from '../support/tenant.js';
import { asBuffer, aPicture, pathOf } from '../support/uploads.js';
import { until } from '../support/waiting.js';

const MEGABYTE = 1024 * 1024;
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

describe('the profile of an agent', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let home: Tenant;
  let other: Tenant;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2, SWEEPING);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    [home, other] = await Promise.all([aTenant(here), aTenant(here)]);
  }, 60_000);

  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await cluster.stop();
  });

  const change = (body: object) => request(here).patch('/v1/agents/me').set(home.as.owner).send(body);
  const own = async (): Promise<OwnAgentView> => {
    const { body } = await request(here).get('/v1/agents/me').set(home.as.owner).expect(200);
    return body as OwnAgentView;
  };
  const watcher = async (url: string, { owner }: Tenant): Promise<Client> => {
    const client = await connect(url, { token: owner.accessToken });
    clients.push(client);
    return client;
  };

  describe('the status', () => {
    it('is shown to colleagues until it ends, and its end is told once, whichever node sees it', async () => {
      const [near, far, stranger] = await Promise.all([
        watcher(here, home),
        watcher(there, home),
        watcher(there, other),
      ]);
      const told: AgentView[] = [];
      const strangers: unknown[] = [];
      far.on('agent:updated', ({ agent }) => told.push(agent));
      stranger.on('agent:updated', (fact) => strangers.push(fact));
      const ended = Promise.all(
        [near, far].map((client) =>
          next(client, 'agent:updated', ({ agent }) => agent.statusText === null, 20_000),
        ),
      );
      const statusExpiresAt = new Date(Date.now() + 4_000).toISOString();
      const said = { statusText: '점심', statusEmoji: '🍜', statusExpiresAt };
      expect((await change(said).expect(200)).body).toMatchObject(said);
      const { body } = await request(there).get('/v1/agents').set(home.as.colleague).expect(200);
      expect((body as { items: AgentView[] }).items).toContainEqual(expect.objectContaining(said));
      for (const { agent } of await ended) {
        expect(agent).toMatchObject({ statusText: null, statusEmoji: null, statusExpiresAt: null });
        expect(agent).not.toHaveProperty('preferences');
      }
      const nodes = cluster.nodes.map(({ app }) => app.get(AgentService));
      expect(await Promise.all(nodes.map((agents) => agents.endStatuses(10)))).toEqual([0, 0]);
      expect(told.map(({ statusText }) => statusText)).toEqual(['점심', null]);
      expect(strangers).toEqual([]);
    });

    it.each([
      ['an end that has passed', { statusText: 'x', statusExpiresAt: '2020-01-01T00:00:00Z' }],
      ['two emoji', { statusEmoji: '🍜🍜' }],
      ['a word for an emoji', { statusEmoji: 'lunch' }],
      ['a time zone that is nowhere', { timeZone: 'Asia/Atlantis' }],
      ['a language that is not spoken here', { language: 'xx' }],
    ])('cannot have %s', async (_, body) => {
      const { body: refusal } = await change(body).expect(400);
      expect(refusal).toMatchObject({ code: 'common.validation_failed' });
    });
  });

  it('keeps preferences, and tells them to nobody else', async () => {
    const preferences = { language: 'en', timeZone: 'Asia/Tokyo', theme: 'dark' };
    expect((await change(preferences).expect(200)).body).toMatchObject({ preferences });
    const { body: me } = await request(there).get('/v1/auth/me').set(home.as.owner).expect(200);
    expect(me).toMatchObject({ agent: { preferences } });
    const { body: seen } = await request(here)
      .get(`/v1/agents/${home.owner.agent.id}`)
      .set(home.as.colleague)
      .expect(200);
    expect(seen).not.toHaveProperty('preferences');
    const contacts = await cluster.nodes[1]!.app.get(AgentService).listActive(home.owner.organization.id);
    expect(contacts.find(({ id }) => id === home.owner.agent.id)).toMatchObject({
      language: 'en',
      timeZone: 'Asia/Tokyo',
    });
    await change({ language: null, timeZone: null }).expect(200);
    expect((await own()).preferences).toEqual({ language: null, timeZone: null, theme: 'dark' });
  });

  describe('the picture', () => {
    const put = (bytes: Buffer, name = 'me.png', as: Headers = home.as.owner) =>
      request(here).put('/v1/agents/me/avatar').set(as).attach('file', bytes, name);
    const show = (url: string) => request(there).get(pathOf(url)).buffer(true).parse(asBuffer);
    const stored = () =>
      readdirSync(cluster.nodes[0]!.app.get(AppConfig).files.directory, {
        recursive: true,
        withFileTypes: true,
      })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort();

    it('becomes a small square without what the camera noted, at an address for everybody and for ever', async () => {
      const photo = await sharp({ create: { width: 600, height: 300, channels: 3, background: 'red' } })
        .jpeg()
        .withExif({ IFD0: { Copyright: 'secret-owner' } })
        .withMetadata({ orientation: 6 })
        .toBuffer();
      const { body } = await put(photo, 'me.jpg').expect(200);
      const { avatarUrl } = body as OwnAgentView;
      expect(avatarUrl).toMatch(/\/v1\/avatars\/[0-9a-f]{40}\.webp$/);
      expect(await own()).toMatchObject({ avatarUrl });
      const shown = await show(avatarUrl ?? '').expect(200);
      expect(shown.headers).toMatchObject({
        'content-type': 'image/webp',
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=31536000, immutable',
      });
      const { width, height, format, exif } = await sharp(shown.body as Buffer).metadata();
      expect({ width, height, format, exif }).toEqual({ width: 256, height: 256, format: 'webp' });
    });

    it('takes the place of the one before, which is gone, and can be removed', async () => {
      const before = stored().length;
      const first = (await put(await aPicture()).expect(200)).body as OwnAgentView;
      await until(() => expect(stored()).toHaveLength(before));
      const second = (await put(await aPicture({ width: 10, height: 10 })).expect(200)).body as OwnAgentView;
      await until(() => show(first.avatarUrl ?? '').expect(404));
      await show(second.avatarUrl ?? '').expect(200);
      const { body } = await request(here).delete('/v1/agents/me/avatar').set(home.as.owner).expect(200);
      expect(body).toMatchObject({ avatarUrl: null });
      await until(() => show(second.avatarUrl ?? '').expect(404));
      expect(stored()).toHaveLength(before - 1);
    });

    it('goes when an address takes its place', async () => {
      const { avatarUrl } = (await put(await aPicture()).expect(200)).body as OwnAgentView;
      await change({ avatarUrl: 'https://cdn.example/me.png' }).expect(200);
      await until(() => show(avatarUrl ?? '').expect(404));
      await change({ avatarUrl }).expect(400);
    });

    const polyglot = async () => Buffer.concat([await aPicture(), Buffer.from('<script>alert(1)</script>')]);

    it('has nothing hidden in it', async () => {
      const { avatarUrl } = (await put(await polyglot()).expect(200)).body as OwnAgentView;
      expect(((await show(avatarUrl ?? '').expect(200)).body as Buffer).includes('script')).toBe(false);
    });

    it.each<[string, () => Buffer | Promise<Buffer>, string, number, string]>([
      ['21 MB', () => Buffer.alloc(21 * MEGABYTE, 1), 'me.png', 413, 'common.payload_too_large'],
      ['an SVG', () => SVG, 'me.svg', 415, 'files.unsupported_type'],
      ['an SVG named .png', () => SVG, 'me.png', 415, 'files.unsupported_type'],
      ['text', () => Buffer.from('hello'), 'me.txt', 415, 'files.unsupported_type'],
      [
        'a picture of 12,000 x 12,000',
        () =>
          sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: 'red' } })
            .png({ compressionLevel: 1 })
            .toBuffer(),
        'me.png',
        415,
        'files.unsupported_type',
      ],
      ['half a picture', async () => halfOf(await aNoisyPicture()), 'me.png', 415, 'files.unsupported_type'],
      ['no picture at all', () => Buffer.alloc(0), 'me.png', 415, 'files.unsupported_type'],
    ])('is not %s, of which nothing stays', async (_, make, name, status, code) => {
      const [bytes, before, shown] = [await make(), stored(), (await own()).avatarUrl];
      const answer = await put(bytes, name);
      expect([answer.status, answer.body]).toEqual([status, expect.objectContaining({ code })]);
      expect(stored()).toEqual(before);
      expect((await own()).avatarUrl).toBe(shown);
    });

    it.each([
      'x.webp',
      `${'g'.repeat(40)}.webp`,
      `${'0'.repeat(40)}.webp`,
      `${'0'.repeat(40)}`,
      '..%2F..%2Fetc',
    ])('is nothing at %s', async (name) => {
      const { body } = await request(here).get(`/v1/avatars/${name}`).expect(404);
      expect(body).toMatchObject({ code: 'files.not_found' });
    });
  });
});

function aNoisyPicture(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width: 100, height: 100, channels: 3, background: 'red', noise } })
    .png()
    .toBuffer();
}

function halfOf(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}
