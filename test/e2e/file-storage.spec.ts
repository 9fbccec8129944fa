import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import sharp from 'sharp';
import request from 'supertest';
import { EVERY_TENANT } from '../../src/common/access/principal.js';
import { newId } from '../../src/common/ids.js';
import { loadConfig } from '../../src/config/app-config.js';
import { FileUpkeep } from '../../src/modules/file/file-upkeep.js';
import { FileRepository } from '../../src/modules/file/file.repository.js';
import type { StoredFile } from '../../src/modules/file/file.js';
import { WorkerModule } from '../../src/worker.module.js';
import { envFor, startApp, type TestApp } from '../support/app.js';
import { freshDatabases, type FreshDatabases } from '../support/engines.js';
import { aMessage, asAgent, asUser, boot, register } from '../support/people.js';
import { asBuffer, aPicture, pathOf, tryUpload, upload } from '../support/uploads.js';
import { until } from '../support/waiting.js';

const MEGABYTE = 1024 * 1024;
const BUCKET = 'chat-files';

/** One story, told of each place that files may be kept in. */
describe.each(['disk', 's3'] as const)('files kept on %s', (storage) => {
  let databases: FreshDatabases;
  let node: TestApp;
  let worker: INestApplicationContext;
  let folder: string;
  let bucket: S3rver | undefined;
  let agent: Record<string, string>;
  let pluginKey: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flc-storage-'));
    databases = await freshDatabases();
    const overrides = { FILES_DIR: join(folder, 'files'), LIMIT_ANONYMOUS_UPLOAD_MB_PER_DAY: '1' };
    if (storage === 's3') Object.assign(overrides, await startBucket());
    node = await startApp(databases, { ...overrides, LIMIT_UPLOADS_PER_MINUTE: '20' });
    const config = loadConfig(envFor(databases, overrides));
    worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: ['error'] });
    const owner = await register(node.url);
    agent = asAgent(owner);
    pluginKey = owner.environment.pluginKey;
  }, 60_000);

  afterAll(async () => {
    await worker.close();
    await node.stop();
    await bucket?.close();
    await databases.drop();
    rmSync(folder, { recursive: true });
  });

  async function startBucket(): Promise<Record<string, string>> {
    bucket = new S3rver({
      port: 0,
      silent: true,
      directory: join(folder, 'bucket'),
      configureBuckets: [{ name: BUCKET, configs: [] }],
    });
    const { port } = await bucket.run();
    return {
      FILE_STORAGE: 's3',
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      S3_PATH_STYLE: 'true',
    };
  }

  /** Everything that is kept, wherever it is. */
  const kept = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .filter((name) => !name.endsWith('_metadata.json') && !name.endsWith('.md5'));
  const get = (link: string, headers: Record<string, string> = {}) =>
    request(node.url).get(pathOf(link)).set(headers);
  const upkeep = () => worker.get(FileUpkeep, { strict: false });
  const aConversation = async (attachmentIds: string[]) => {
    const visitor = await boot(node.url, pluginKey);
    const body = { userId: visitor.user.id, message: { ...aMessage('files'), attachmentIds } };
    const { body: created } = await request(node.url)
      .post('/v1/conversations')
      .set(agent)
      .send(body)
      .expect(201);
    return created as { conversation: { id: string }; message: { id: string } };
  };

  /** Until the worker has made the small picture of it. */
  async function untilSmall(id: string): Promise<StoredFile> {
    const files = node.app.get(FileRepository, { strict: false });
    let file: StoredFile | null = null;
    await until(async () => {
      file = await files.find(EVERY_TENANT, id);
      expect(file).toMatchObject({ hasThumbnail: true });
    });
    return file!;
  }

  it('gives back what it took, whole and in part', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(3 * MEGABYTE, 'x')]);
    const { url } = await upload(node.url, agent, { name: 'a.pdf', bytes });
    const whole = await get(url).buffer(true).parse(asBuffer).expect(200);
    expect((whole.body as Buffer).equals(bytes)).toBe(true);
    const part = await get(url, { range: 'bytes=1-3' }).buffer(true).parse(asBuffer).expect(206);
    expect((part.body as Buffer).toString()).toBe('PDF');
    expect(part.headers['content-range']).toBe(`bytes 1-3/${bytes.length}`);
  });

  it('has the small picture soon, without anybody asking', async () => {
    const bytes = await aPicture({ width: 3_000, height: 2_000 });
    const file = await upload(node.url, agent, { bytes });
    await untilSmall(file.id);
    const answer = await get(file.thumbnailUrl ?? '')
      .buffer(true)
      .parse(asBuffer)
      .expect(200);
    expect(await sharp(answer.body as Buffer).metadata()).toMatchObject({ format: 'webp', width: 480 });
  });

  it('loses the bytes of what was deleted, and of nothing else', async () => {
    const [file, other] = [await upload(node.url, agent), await upload(node.url, agent)];
    const { conversation, message } = await aConversation([file.id]);
    const { storageKey } = await untilSmall(file.id);
    await get(file.thumbnailUrl ?? '').expect(200);
    const ofIt = () => kept().filter((name) => name.startsWith(storageKey));
    // The picture and the small one of it.
    expect(ofIt()).toHaveLength(2);
    await request(node.url)
      .delete(`/v1/conversations/${conversation.id}/messages/${message.id}`)
      .set(agent)
      .expect(200);
    await until(() => get(file.url).expect(404));
    await upkeep().run();
    await until(() => expect(ofIt()).toEqual([]));
    await get(other.url).expect(200);
  });

  it('collects what nobody sent within a day', async () => {
    const files = node.app.get(FileRepository, { strict: false });
    const [lost, sent] = [await upload(node.url, agent), await upload(node.url, agent)];
    await aConversation([sent.id]);
    await files.deleteOrphans(new Date());
    await upkeep().run();
    await get(lost.url).expect(404);
    await get(sent.url).expect(200);
    const late = await request(node.url)
      .post('/v1/conversations')
      .set(agent)
      .send({
        userId: (await boot(node.url, pluginKey)).user.id,
        message: { ...aMessage(), attachmentIds: [lost.id] },
      });
    expect([late.status, late.body.code]).toEqual([404, 'files.not_found']);
  });

  it('gives an anonymous visitor so many bytes a day', async () => {
    const visitor = asUser(pluginKey, await boot(node.url, pluginKey));
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(0.6 * MEGABYTE)]);
    await upload(node.url, visitor, { name: 'a.pdf', bytes });
    const before = kept();
    const second = await tryUpload(node.url, visitor, { name: 'a.pdf', bytes });
    expect([second.status, second.body.code]).toEqual([429, 'common.rate_limited']);
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
    expect(kept()).toEqual(before);
    await upload(node.url, agent, { name: 'a.pdf', bytes });
  });

  it('takes so many uploads a minute', async () => {
    const visitor = asUser(pluginKey, await boot(node.url, pluginKey));
    const statuses: number[] = [];
    for (let count = 0; count < 21; count++) {
      const answer = await tryUpload(node.url, visitor, { name: 'a.txt', bytes: Buffer.from(newId()) });
      statuses.push(answer.status);
      if (count === 20) expect(answer.headers).toMatchObject({ 'x-ratelimit-limit': '20' });
    }
    expect(statuses).toEqual([...Array<number>(20).fill(201), 429]);
  });
});
