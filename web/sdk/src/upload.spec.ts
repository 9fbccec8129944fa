// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal } from '../test/fake-server.js';
import { UploadServer, answer, textOf } from '../test/upload-server.js';
import { FileUploads, type Upload } from './file-uploads.js';
import { createRestClient, type RestClient } from './rest-client.js';

let server: UploadServer;
let token: string;
let rest: RestClient;

beforeEach(async () => {
  server = await UploadServer.start();
  token = 'old';
  rest = createRestClient({
    url: server.url,
    headers: () => ({ 'x-plugin-key': 'pk', 'x-user-token': token }),
    onUnauthenticated: async () => {
      token = 'fresh';
      return true;
    },
  });
});
afterEach(() => server.stop());

const aFile = (name = 'cup.png', content = 'blue') => new File([content], name, { type: 'image/png' });

describe('uploadFile', () => {
  it('sends the file as a form, with the credentials, and says how far it is', async () => {
    const shares: number[] = [];
    const file = aFile('찻잔.png', 'x'.repeat(500_000));
    const uploaded = await rest.uploadFile(file, { onProgress: (share) => shares.push(share) });
    expect(uploaded).toEqual({ id: 'f1', name: '찻잔.png' });
    const [received] = server.received;
    expect(received?.headers).toMatchObject({ 'x-plugin-key': 'pk', 'x-user-token': 'old' });
    expect(received?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(received?.body).toContain('name="file"');
    expect(shares.at(-1)).toBe(1);
  });

  it('tries once more with fresh credentials', async () => {
    server.next.push(async (request, response) => {
      await textOf(request);
      answer(response, 401, refusal('auth.token_expired'));
    });
    await rest.uploadFile(aFile());
    expect(server.received[0]?.headers['x-user-token']).toBe('fresh');
  });

  it.each([
    [413, refusal('common.payload_too_large'), 'common.payload_too_large', false],
    [415, refusal('files.unsupported_type'), 'files.unsupported_type', false],
    [429, refusal('common.rate_limited', { retryable: true }), 'common.rate_limited', true],
    [413, { proxy: 'Request Entity Too Large' }, 'client.unexpected_answer', false],
  ])('says why it was refused: %s', async (status, body, code, retryable) => {
    server.next.push(async (request, response) => {
      await textOf(request);
      answer(response, status, body);
    });
    await expect(rest.uploadFile(aFile())).rejects.toMatchObject({ code, status, retryable });
  });

  it('calls a line that broke on the way by its name', async () => {
    server.next.push((request) => void request.socket.destroy());
    await expect(rest.uploadFile(aFile())).rejects.toMatchObject({
      code: 'client.offline',
      retryable: true,
    });
  });

  it('is stopped by its signal, before and while it runs', async () => {
    const ending = new AbortController();
    const arrived = new Promise<void>((resolve) => server.next.push(() => resolve()));
    const upload = rest.uploadFile(aFile(), { signal: ending.signal });
    await arrived;
    ending.abort(new Error('not wanted'));
    await expect(upload).rejects.toThrow('not wanted');
    await expect(rest.uploadFile(aFile(), { signal: ending.signal })).rejects.toThrow('not wanted');
    expect(server.received).toEqual([]);
  });

  it('gives up on a server that stands still', async () => {
    const arrived = new Promise<void>((resolve) => server.next.push(() => resolve()));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const upload = rest.uploadFile(aFile()).catch((error: unknown) => error);
    await arrived;
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(await upload).toMatchObject({ code: 'client.timeout', retryable: true });
  });
});

describe(FileUploads.name, () => {
  let uploads: FileUploads;
  const list = (): readonly Upload[] => uploads.getSnapshot();
  const settled = () =>
    vi.waitFor(() => expect(list().every((one) => one.attachment ?? one.error)).toBe(true));

  beforeEach(() => {
    uploads = new FileUploads(rest);
  });

  it('uploads what is added, a few at a time', async () => {
    let underWay = 0;
    let most = 0;
    const slow: RestClient['uploadFile'] = async (file) => {
      most = Math.max(most, ++underWay);
      const uploaded = await rest.uploadFile(file);
      underWay -= 1;
      return uploaded;
    };
    uploads = new FileUploads({ uploadFile: slow });
    uploads.add(['1', '2', '3', '4', '5'].map((name) => aFile(name)));
    await settled();
    expect(list().map(({ name, attachment }) => [name, attachment?.name])).toEqual(
      ['1', '2', '3', '4', '5'].map((name) => [name, name]),
    );
    expect(most).toBe(3);
  });

  it('tries again what broke off, and only that', async () => {
    server.next.push((request) => void request.socket.destroy());
    uploads.add([aFile('lost.png')]);
    await settled();
    uploads.add([aFile('fine.png')]);
    await settled();
    const [lost] = list();
    expect(lost?.error?.code).toBe('client.offline');
    uploads.retry(lost!.key);
    expect(list()[0]).toMatchObject({ error: undefined, progress: 0 });
    await settled();
    expect(list()[0]?.attachment?.name).toBe('lost.png');
    expect(server.received).toHaveLength(2);
  });

  it('forgets what is removed, and makes room for the next', async () => {
    const arrived = ['1', '2', '3'].map(
      () => new Promise<void>((resolve) => server.next.push(() => resolve())),
    );
    const [first] = uploads.add(['1', '2', '3', '4'].map((name) => aFile(name)));
    await Promise.all(arrived);
    expect(server.received).toEqual([]);
    uploads.remove(first!.key);
    await vi.waitFor(() => expect(list().at(-1)?.attachment?.name).toBe('4'));
    expect(list().map(({ name }) => name)).toEqual(['2', '3', '4']);
    uploads.clear();
    expect(list()).toEqual([]);
  });

  it('takes in what had been uploaded before', () => {
    const attachment = { id: 'f9', name: 'bill.pdf', mimeType: 'application/pdf', size: 9, url: '/f9' };
    uploads.adopt([attachment]);
    expect(list()).toMatchObject([{ name: 'bill.pdf', size: 9, file: null, progress: 1, attachment }]);
  });

  it('has what an earlier page had, and says what had not arrived', () => {
    const attachment = { id: 'f9', name: 'bill.pdf', mimeType: 'application/pdf', size: 9, url: '/f9' };
    const [, lost] = uploads.restore([
      { name: 'bill.pdf', size: 9, attachment },
      { name: 'film.mp4', size: 90 },
    ]);
    uploads.retry(lost!.key);
    expect(list()).toMatchObject([
      { name: 'bill.pdf', attachment },
      { name: 'film.mp4', size: 90, error: { code: 'client.upload_lost' } },
    ]);
  });
});
