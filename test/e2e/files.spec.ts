import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import sharp from 'sharp';
import request from 'supertest';
import { newId } from '../../src/common/ids.js';
import { AppConfig } from '../../src/config/app-config.js';
import type { AttachmentView, MessageView } from '../../src/contracts/chat.js';
import { FileIntake } from '../../src/modules/file/file-intake.js';
import { startCluster, type Cluster } from '../support/app.js';
import { anEnormousPng, aZip, noise, withComment } from '../support/odd-files.js';
import { aMessage, asUser, boot, connect, must, next, type Client } from '../support/people.js';
import { sendBytes } from '../support/plain-wire.js';
import { aTenant, SWEEPING, type Headers, type Tenant } from '../support/tenant.js';
import {
  asBuffer,
  aPicture,
  aSound,
  pathOf,
  PDF,
  tryUpload,
  upload,
  type Upload,
} from '../support/uploads.js';
import { until } from '../support/waiting.js';

const MEGABYTE = 1024 * 1024;

/** As far as the first bytes tell; a browser plays the sound. */
const RECORDINGS: [name: string, bytes: Buffer, mimeType: string][] = [
  ['voice.wav', aSound(), 'audio/wav'],
  ['song.mp3', Buffer.from('ID3\x03\0\0\0\0\0\0\xff\xfb\x90\x64 and so on', 'latin1'), 'audio/mpeg'],
  ['voice.m4a', Buffer.from('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42 and so on', 'latin1'), 'audio/mp4'],
  ['film.mp4', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2 and so on', 'latin1'), 'video/mp4'],
  ['film.webm', Buffer.from('\x1aE\xdf\xa3\x87\x42\x82\x84webm and so on', 'latin1'), 'video/webm'],
];

describe('files', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let home: Tenant;
  let other: Tenant;
  let conversationId: string;
  let visitor: Headers;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2, SWEEPING);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    [home, other] = await Promise.all([aTenant(here), aTenant(here)]);
    conversationId = home.ids['conversations'] ?? '';
    visitor = home.as.visitor;
  }, 60_000);

  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await cluster.stop();
  });

  const get = (path: string, as: Headers = {}) => request(there).get(path).set(as);
  const anError = () => expect.objectContaining({ code: expect.stringMatching(/^common\./) });
  const code = (name: string) => expect.objectContaining({ code: name });
  const trySend = (body: object, as: Headers = visitor, to = conversationId) =>
    request(here)
      .post(`/v1/conversations/${to}/messages`)
      .set(as)
      .send({ content: '', clientMessageId: newId(), ...body });
  const send = async (body: object, as: Headers = visitor) => {
    const answer = await trySend(body, as).expect(201);
    return (answer.body as { message: MessageView }).message;
  };
  const bytesOf = async ({ url }: { url: string }) => {
    const answer = await get(pathOf(url)).buffer(true).parse(asBuffer).expect(200);
    return answer.body as Buffer;
  };
  const directory = () => cluster.nodes[0]!.app.get(AppConfig).files.directory;
  const incoming = () => {
    const path = join(directory(), 'incoming');
    return existsSync(path) ? readdirSync(path) : [];
  };
  const stored = () =>
    readdirSync(directory(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();

  /** Everything that there is of files: on the disk, and what is known of them. */
  const kept = async () => {
    const records = cluster.nodes[0]!.app.get<Connection>(getConnectionToken()).collection('files');
    return { stored: stored(), records: await records.countDocuments() };
  };

  describe('uploading', () => {
    it('is open to agents, users and partners, on any node', async () => {
      for (const as of [home.as.owner, visitor, home.as.partner]) {
        const file = await upload(here, as);
        expect(file).toMatchObject({ name: 'photo.png', mimeType: 'image/png', width: 800, height: 600 });
        const { body } = await get(`/v1/files/${file.id}`, as).expect(200);
        expect(body).toMatchObject({ id: file.id, size: file.size });
        expect((await sharp(await bytesOf(file)).metadata()).width).toBe(800);
      }
    });

    it('says how many more there may be', async () => {
      const { headers } = await tryUpload(here, visitor, { name: 'a.pdf', bytes: PDF });
      expect(headers).toMatchObject({ 'x-ratelimit-limit': '1000' });
      expect(Number(headers['x-ratelimit-remaining'])).toBeGreaterThan(900);
    });

    it('is not for who may only look, nor for strangers', async () => {
      expect((await tryUpload(here, home.as.viewer, { bytes: PDF })).status).toBe(403);
      expect((await tryUpload(here, {}, { bytes: PDF })).status).toBe(401);
    });

    it.each<[string, string, () => Buffer | Promise<Buffer>, string]>([
      ['견적서.pdf', '견적서.pdf', () => PDF, 'application/pdf'],
      ['notes.txt', 'notes.txt', () => Buffer.from('교환 문의\n'), 'text/plain'],
      ['orders.csv', 'orders.csv', () => Buffer.from('id,name\n1,김\n'), 'text/csv'],
      ['data.json', 'data.json', () => Buffer.from('{"a":1}'), 'application/json'],
      ['archive.zip', 'archive.zip', () => aZip('a.txt', Buffer.from('hello')), 'application/zip'],
      ['../../up.pdf', 'up.pdf', () => PDF, 'application/pdf'],
      ['photo.exe', 'photo.exe.png', () => aPicture(), 'image/png'],
    ])('takes %s', async (name, safe, bytes, mimeType) => {
      const file = await upload(here, visitor, { name, bytes: await bytes() });
      expect(file).toMatchObject({ name: safe, mimeType });
      if (!mimeType.startsWith('image/')) expect(await bytesOf(file)).toEqual(await bytes());
    });

    it.each(RECORDINGS)('takes %s, to be played from any place in it', async (name, bytes, mimeType) => {
      const file = await upload(here, visitor, { name, bytes });
      expect(file).toMatchObject({ name, mimeType, size: bytes.length });
      const part = await get(pathOf(file.url), { range: 'bytes=2-9' })
        .buffer(true)
        .parse(asBuffer)
        .expect(206);
      expect(part.body).toEqual(bytes.subarray(2, 10));
      expect(part.headers).toMatchObject({
        'content-type': mimeType,
        'content-range': `bytes 2-9/${bytes.length}`,
        'accept-ranges': 'bytes',
      });
      expect(part.headers['content-disposition']).toMatch(/^inline/);
    });

    it('turns pictures upright and takes out where and when they were made', async () => {
      const bytes = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
        .jpeg()
        .withExif({ IFD0: { Copyright: 'secret-owner' }, IFD3: { GPSLatitude: '37/1 33/1 0/1' } })
        .withMetadata({ orientation: 6 })
        .toBuffer();
      expect((await sharp(bytes).metadata()).exif).toBeDefined();
      const file = await upload(here, visitor, { name: 'seoul.jpg', bytes });
      expect(file).toMatchObject({ width: 20, height: 40, mimeType: 'image/jpeg' });
      const clean = await sharp(await bytesOf(file)).metadata();
      expect([clean.exif, clean.orientation]).toEqual([undefined, undefined]);
    });

    it('keeps an animation moving', async () => {
      const frames = [await aPicture({ width: 8, height: 8 }), await aPicture({ width: 8, height: 8 })];
      const bytes = await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer();
      const file = await upload(here, visitor, { name: 'wave.gif', bytes });
      expect(file).toMatchObject({ width: 8, height: 8 });
    });

    it.each<[string, (picture: Buffer) => Buffer]>([
      ['a page', (picture) => Buffer.concat([picture, Buffer.from('<html><script>alert(1)</script>')])],
      ['a program', (picture) => Buffer.concat([picture, Buffer.from('*/=1;alert(1)//')])],
      ['an archive', (picture) => Buffer.concat([picture, aZip('alert(1)', Buffer.alloc(9))])],
      ['words of its own', (gif) => withComment(gif, '<script>alert(1)</script>')],
    ])('takes %s out of a picture', async (_, hide) => {
      const gif = await sharp(await aPicture({ width: 8, height: 8 }))
        .gif()
        .toBuffer();
      const bytes = hide(gif);
      expect(bytes.includes('alert(1)')).toBe(true);
      const clean = await bytesOf(await upload(here, visitor, { name: 'a.gif', bytes }));
      expect((await sharp(clean).metadata()).format).toBe('gif');
      expect(clean.includes('alert(1)')).toBe(false);
    });

    const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const TOO_LARGE: [string, () => Upload][] = [
      ['21 MB', () => ({ name: 'a.pdf', bytes: Buffer.concat([PDF, Buffer.alloc(21 * MEGABYTE)]) })],
      [
        'one byte over 20 MB',
        () => ({ name: 'a.pdf', bytes: Buffer.concat([PDF, Buffer.alloc(20 * MEGABYTE - PDF.length + 1)]) }),
      ],
    ];
    const NOT_TAKEN: [string, () => Upload | Promise<Upload>][] = [
      [
        'a zip bomb named .png',
        () => ({ name: 'a.png', type: 'image/png', bytes: aZip('a', Buffer.alloc(30 * MEGABYTE)) }),
      ],
      ['an SVG', () => ({ name: 'a.svg', bytes: Buffer.from(SVG) })],
      ['an SVG named .txt', () => ({ name: 'a.txt', bytes: Buffer.from(SVG) })],
      ['an SVG named .png', () => ({ name: 'a.png', type: 'image/png', bytes: Buffer.from(SVG) })],
      ['a page', () => ({ name: 'a.txt', bytes: Buffer.from('hello <!DOCTYPE html><p>') })],
      ['a program', () => ({ name: 'a.exe', bytes: Buffer.from('MZ\x90\x00\x03') })],
      ['bytes named .txt', () => ({ name: 'a.txt', bytes: Buffer.from([0xc3, 0x28, 0xff, 0x00]) })],
      [
        'text that ends in half a character',
        () => ({ name: 'a.txt', bytes: Buffer.from('교환').subarray(0, 5) }),
      ],
      ['a picture of 50,000 x 50,000', () => ({ name: 'a.png', bytes: anEnormousPng() })],
      [
        'a program that begins like a GIF',
        () => ({ name: 'a.gif', bytes: Buffer.from('GIF89a/*\0\0\0*/=1;alert(1)//;') }),
      ],
      [
        'a PDF that is an archive too',
        () => ({ name: 'a.pdf', bytes: Buffer.concat([PDF, aZip('Main.class', Buffer.alloc(100))]) }),
      ],
      [
        'a sound that is an archive too',
        () => ({ name: 'a.wav', bytes: Buffer.concat([aSound(), aZip('a.exe', Buffer.alloc(100))]) }),
      ],
      ['half a picture', async () => ({ name: 'a.png', bytes: (await noise()).subarray(0, 4_000) })],
    ];

    it.each([
      ...TOO_LARGE.map((row) => [...row, 413, 'common.payload_too_large'] as const),
      ...NOT_TAKEN.map((row) => [...row, 415, 'files.unsupported_type'] as const),
    ])('refuses %s, and keeps nothing of it', async (_, make, status, name) => {
      const before = await kept();
      const answer = await tryUpload(here, visitor, await make());
      expect([answer.status, answer.body]).toEqual([status, code(name)]);
      expect(await kept()).toEqual(before);
    });

    it('says what to do with a picture that is too large', async () => {
      const { body } = await tryUpload(here, visitor, { name: 'a.png', bytes: anEnormousPng() });
      expect(body.message).toMatch(/Make it smaller/);
    });

    it('takes 20 MB to the byte', async () => {
      const bytes = Buffer.concat([PDF, Buffer.alloc(20 * MEGABYTE - PDF.length)]);
      expect((await upload(here, visitor, { name: 'a.pdf', bytes })).size).toBe(20 * MEGABYTE);
    });

    it('hears what is too large to its end: whoever is still sending would not hear why else', async () => {
      const size = 21 * MEGABYTE;
      const headers = {
        ...visitor,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': size,
      };
      const lines = Object.entries({ host: 'here', ...headers }).map(([name, value]) => `${name}: ${value}`);
      const head = ['POST /v1/files HTTP/1.1', ...lines, '', ''].join('\r\n');
      const next = 'GET /health/live HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n';
      const bytes = Buffer.concat([Buffer.from(head), Buffer.alloc(size), Buffer.from(next)]);
      const answers = (await sendBytes(here, bytes)).match(/(?<=HTTP\/1\.1 )\d+/g);
      expect(answers).toEqual(['413', '200']);
    });

    it.each<[string, (bytes: Buffer) => Buffer, boolean]>([
      ['by a connection that ends', (whole) => whole, true],
      ['by a form without an end', (whole) => whole, false],
    ])('keeps nothing of what was cut off %s', async (_, __, isCut) => {
      const before = await kept();
      const { hostname, port } = new URL(here);
      const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`;
      const body = Buffer.concat([Buffer.from(head), PDF, Buffer.alloc(100_000)]);
      const length = isCut ? body.length * 2 : body.length;
      const headers = {
        ...visitor,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': length,
      };
      const lines = Object.entries({ host: 'here', ...headers }).map(([name, value]) => `${name}: ${value}`);
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connectTcp(Number(port), hostname);
        let heard = '';
        socket.on('data', (data) => {
          heard += data.toString();
          socket.end();
        });
        socket.on('close', () => resolve(heard));
        socket.write(`POST /v1/files HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        const hasBegun = () => until(() => expect(incoming()).toHaveLength(1));
        socket.write(body, () => {
          if (isCut) hasBegun().then(() => socket.destroy(), reject);
        });
      });
      if (!isCut) expect(answer).toMatch(/^HTTP\/1.1 400 [^]*common.validation_failed/);
      await until(async () => expect(await kept()).toEqual(before));
    });

    describe('where an environment takes smaller files', () => {
      const LARGEST = 100 * 1024;
      let small: Tenant;
      let trySetting: (maxBytes: unknown) => request.Test;
      const pdfOf = (size: number) => ({ name: 'a.pdf', bytes: Buffer.concat([PDF], size) });

      beforeAll(async () => {
        small = await aTenant(here);
        trySetting = (maxBytes) =>
          request(here)
            .patch(`/v1/environments/${small.ids['environments']}`)
            .set(small.as.owner)
            .send({ settings: { files: { maxBytes } } });
        const { body } = await trySetting(LARGEST).expect(200);
        expect(body.settings.files).toEqual({ maxBytes: LARGEST });
      });

      it('refuses users and partners a byte more, says how many there may be, and keeps nothing', async () => {
        const before = await kept();
        for (const as of [small.as.visitor, small.as.partner]) {
          for (const size of [LARGEST + 1, LARGEST * 10]) {
            const { status, body } = await tryUpload(here, as, pdfOf(size));
            expect([status, body]).toEqual([413, code('common.payload_too_large')]);
            expect(body.details).toEqual({ maxBytes: LARGEST });
          }
        }
        expect(await kept()).toEqual(before);
        for (const as of [small.as.visitor, small.as.partner])
          expect((await upload(here, as, pdfOf(LARGEST))).size).toBe(LARGEST);
      });

      it('takes from agents, who are in all of them, what the installation takes', async () => {
        expect((await upload(here, small.as.owner, pdfOf(LARGEST * 2))).size).toBe(LARGEST * 2);
        const { body } = await tryUpload(here, small.as.owner, pdfOf(20 * MEGABYTE + 1));
        expect(body.details).toEqual({ maxBytes: 20 * MEGABYTE });
      });

      it('stays between a kilobyte and what the installation takes', async () => {
        for (const wrong of [1_023, 20 * MEGABYTE + 1, 2_048.5, '2048', 1e12]) {
          const { status, body } = await trySetting(wrong);
          expect([wrong, status, body]).toEqual([wrong, 400, code('common.validation_failed')]);
          expect(body.details).toMatchObject([{ path: 'settings.files.maxBytes' }]);
        }
        await trySetting(20 * MEGABYTE).expect(200);
        const { body } = await trySetting(null).expect(200);
        expect(body.settings.files).toEqual({ maxBytes: null });
      });
    });

    it('says what is wrong with a form that is none', async () => {
      const json = await request(here).post('/v1/files').set(visitor).send({ file: 'x' });
      expect([json.status, json.body]).toEqual([400, code('common.validation_failed')]);
      const misnamed = await request(here).post('/v1/files').set(visitor).attach('picture', PDF, 'a.pdf');
      expect([misnamed.status, misnamed.body]).toEqual([400, code('common.validation_failed')]);
      for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'multipart/mixed']) {
        const { status, body } = await request(here)
          .post('/v1/files')
          .set({ ...visitor, 'content-type': type })
          .send('--x\r\ncontent');
        expect([type, status, body]).toEqual([type, type === 'multipart/mixed' ? 415 : 400, anError()]);
      }
      const elsewhere = await request(here)
        .post('/v1/conversations')
        .set(visitor)
        .attach('file', PDF, 'a.pdf');
      expect([elsewhere.status, elsewhere.body]).toEqual([415, code('common.unsupported_type')]);
    });

    it('clears away what a crash left behind', async () => {
      const intake = cluster.nodes[0]!.app.get(FileIntake);
      await upload(here, visitor);
      expect(incoming()).toEqual([]);
      await intake.withPlace(async (path) => {
        await sharp(await aPicture())
          .png()
          .toFile(path);
        await intake.clearLeftBehind(new Date());
        expect(incoming()).toHaveLength(1);
        await intake.clearLeftBehind(new Date(Date.now() + 2 * 3_600_000));
        expect(incoming()).toEqual([]);
      });
    });
  });

  describe('links', () => {
    it('serve what is safe to be shown, with nothing of who asks', async () => {
      const file = await upload(here, visitor);
      expect(file.url).not.toContain(home.visitor.userToken);
      const { headers } = await get(pathOf(file.url)).expect(200);
      expect(headers).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-length': String(file.size),
      });
      expect(headers['content-disposition']).toMatch(/^inline/);
      expect(headers['content-security-policy']).toContain('sandbox');
    });

    it('have everything else saved, under its own name', async () => {
      const file = await upload(here, visitor, { name: "김's 표.csv", bytes: Buffer.from('a,b\n') });
      const { headers } = await get(pathOf(file.url)).expect(200);
      expect(headers['content-disposition']).toBe(
        "attachment; filename*=UTF-8''%EA%B9%80%27s%20%ED%91%9C.csv",
      );
    });

    it('understand ranges', async () => {
      const text = 'abcdefghij';
      const { url } = await upload(here, visitor, { name: 'a.txt', bytes: Buffer.from(text) });
      const part = (range: string, more: Headers = {}) => get(pathOf(url), { range, ...more });
      const middle = await part('bytes=2-4').expect(206);
      expect([middle.text, middle.headers['content-range']]).toEqual(['cde', 'bytes 2-4/10']);
      expect((await part('bytes=-3').expect(206)).text).toBe('hij');
      expect((await part('bytes=10-').expect(416)).headers['content-range']).toBe('bytes */10');
      expect((await part('bytes=0-1,4-5').expect(200)).text).toBe(text);
      expect((await part('bytes=0-1', { 'if-range': '"old"' }).expect(200)).text).toBe(text);
      await get(pathOf(url), { 'if-none-match': middle.headers['etag'] ?? '' }).expect(304);
    });

    it('are good for their file only, and not for ever', async () => {
      const [one, two] = [await upload(here, visitor), await upload(here, visitor)];
      const answer = await get(pathOf(one.url).replace(one.id, two.id));
      expect([answer.status, answer.body]).toEqual([403, code('files.link_expired')]);
      const later = pathOf(one.url).replace(/expires=\d+/, `expires=${Date.now() + 9e9}`);
      await get(later).expect(403);
      await get(pathOf(one.url).replace('variant=original', 'variant=thumbnail')).expect(403);
      await get(`/v1/files/${one.id}/content`).expect(400);
      await get(pathOf(one.url).replace(one.id, newId())).expect(403);
    });

    it('give a small picture, made when it is asked for', async () => {
      const file = await upload(here, visitor, { bytes: await aPicture({ width: 1600, height: 800 }) });
      const answer = await get(pathOf(file.thumbnailUrl ?? ''))
        .buffer(true)
        .parse(asBuffer)
        .expect(200);
      expect(answer.headers['content-type']).toBe('image/webp');
      expect(await sharp(answer.body as Buffer).metadata()).toMatchObject({ width: 480, height: 240 });
      await get(pathOf(file.thumbnailUrl ?? '')).expect(200);
    });
  });

  describe('in a message', () => {
    it('are there for everybody in the conversation, and for nobody else', async () => {
      const file = await upload(here, visitor);
      const before = await get(`/v1/files/${file.id}`, home.as.owner);
      expect([before.status, before.body]).toEqual([404, code('files.not_found')]);
      const agent = await connect(there, { token: home.owner.accessToken });
      clients.push(agent);
      await must(agent, 'conversation:open', { conversationId });
      const told = next(agent, 'message:created');
      const message = await send({ attachmentIds: [file.id] });
      expect(message).toMatchObject({
        type: 'file',
        content: '',
        attachments: [{ id: file.id, width: 800 }],
      });
      const heard = (await told).message.attachments[0] as AttachmentView;
      expect(await bytesOf(heard)).toHaveLength(file.size);
      for (const as of [visitor, home.as.owner, home.as.colleague, home.as.partner])
        await get(`/v1/files/${file.id}`, as).expect(200);
      const neighbour = asUser(home.pluginKey, await boot(here, home.pluginKey));
      for (const as of [
        other.as.owner,
        other.as.visitor,
        other.as.partner,
        neighbour,
        home.as.stagingPartner,
      ])
        expect((await get(`/v1/files/${file.id}`, as).expect(404)).body).toEqual(code('files.not_found'));
    });

    it('are linked anew wherever the message is shown', async () => {
      const file = await upload(here, visitor);
      const { seq } = await send({ content: 'look', attachmentIds: [file.id] });
      const path = `/v1/conversations/${conversationId}`;
      const history = await get(`${path}/messages?afterSeq=${seq - 1}`, home.as.owner).expect(200);
      const sync = await get(`${path}/sync?afterSeq=${seq - 1}&afterRev=0`, home.as.owner).expect(200);
      const shown = [history.body.items[0], sync.body.messages[0]] as MessageView[];
      for (const { attachments } of shown) {
        expect(attachments).toHaveLength(1);
        await get(pathOf(attachments[0]!.url)).expect(200);
        await get(pathOf(attachments[0]!.thumbnailUrl ?? '')).expect(200);
      }
    });

    it('come in the order in which they were named', async () => {
      const files = [await upload(here, visitor), await upload(here, visitor), await upload(here, visitor)];
      const ids = files.map(({ id }) => id).reverse();
      const { attachments } = await send({ attachmentIds: ids });
      expect(attachments.map(({ id }) => id)).toEqual(ids);
    });

    it('are sent once, however often it is tried', async () => {
      const file = await upload(here, visitor);
      const body = { clientMessageId: newId(), attachmentIds: [file.id] };
      const tries = await Promise.all([trySend(body), trySend(body), trySend(body)]);
      expect(tries.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
      for (const { body: sent } of tries) expect(sent.message.attachments).toMatchObject([{ id: file.id }]);
      const another = await trySend({ ...body, attachmentIds: [(await upload(here, visitor)).id] });
      expect([another.status, another.body]).toEqual([409, code('chat.idempotency_conflict')]);
    });

    it('stay with their owner when the message did not come to be', async () => {
      const clientMessageId = newId();
      await send({ clientMessageId, content: 'first' });
      const file = await upload(here, visitor);
      await trySend({ clientMessageId, attachmentIds: [file.id] }).expect(409);
      await send({ attachmentIds: [file.id] });
    });

    it('are one’s own, and sent once', async () => {
      const [mine, theirs] = [await upload(here, visitor), await upload(here, home.as.owner)];
      const stolen = await trySend({ attachmentIds: [mine.id, theirs.id] });
      expect([stolen.status, stolen.body]).toEqual([404, code('files.not_found')]);
      await send({ attachmentIds: [mine.id] });
      const again = await trySend({ attachmentIds: [mine.id] });
      expect([again.status, again.body]).toEqual([409, code('files.already_attached')]);
      await trySend({ attachmentIds: [newId()] }).expect(404);
      await trySend({ attachmentIds: Array.from({ length: 11 }, newId) }).expect(400);
      await trySend({ attachmentIds: [] }).expect(400);
    });

    it('of a first message are there before its conversation', async () => {
      const create = (attachmentIds: string[]) =>
        request(here)
          .post('/v1/conversations')
          .set(visitor)
          .send({ message: { ...aMessage(''), attachmentIds } });
      expect((await create([newId()]).expect(404)).body).toEqual(code('files.not_found'));
      const file = await upload(here, visitor);
      const { body } = await create([file.id]).expect(201);
      expect(body.message).toMatchObject({ type: 'file', attachments: [{ id: file.id }] });
    });

    it('of a note are for agents', async () => {
      const file = await upload(here, home.as.owner);
      await send({ content: 'note', private: true, attachmentIds: [file.id] }, home.as.owner);
      await get(`/v1/files/${file.id}`, home.as.colleague).expect(200);
      await get(`/v1/files/${file.id}`, visitor).expect(404);
    });

    it('go with the message', async () => {
      const file = await upload(here, visitor);
      const { id } = await send({ attachmentIds: [file.id] });
      const deleted = await request(here)
        .delete(`/v1/conversations/${conversationId}/messages/${id}`)
        .set(visitor)
        .expect(200);
      expect(deleted.body.message?.attachments ?? deleted.body.attachments).toEqual([]);
      await until(async () => {
        await get(pathOf(file.url)).expect(404);
        await get(`/v1/files/${file.id}`, visitor).expect(404);
      });
    });
  });

  it('go with who sent them', async () => {
    const leaving = await boot(here, home.pluginKey);
    const as = asUser(home.pluginKey, leaving);
    const [sent, kept] = [await upload(here, as), await upload(here, as)];
    const body = { message: { ...aMessage('bye'), attachmentIds: [sent.id] } };
    await request(here).post('/v1/conversations').set(as).send(body).expect(201);
    await request(here).delete(`/v1/users/${leaving.user.id}`).set(home.as.owner).expect(200);
    for (const { url } of [sent, kept]) await get(pathOf(url)).expect(404);
  });
});
