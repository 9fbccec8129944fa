import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatError, offlineError } from './chat-error.js';
import { FileLinks } from './file-links.js';
import type { AttachmentView } from './wire.js';

const LIFE_MS = 600_000;

describe('FileLinks', () => {
  let now: number;
  let requests: string[];
  let answer: (id: string) => Promise<AttachmentView>;
  let links: FileLinks;

  const fileAt = (made: number, id = 'f1'): AttachmentView => {
    const url = `https://chat.example/v1/files/${id}/content?variant=original&expires=${made + LIFE_MS}`;
    return { id, name: 'cup.png', mimeType: 'image/png', size: 9, url };
  };

  beforeEach(() => {
    now = 1_000_000_000;
    requests = [];
    answer = (id) => Promise.resolve(fileAt(now, id));
    const request = (method: string, path: string) => {
      requests.push(`${method} ${path}`);
      return answer(path.split('/').at(-1)!);
    };
    links = new FileLinks({ request: request as never }, () => now);
  });

  it('knows when a link ends, and never of one that does not say', () => {
    const file = fileAt(now);
    expect(links.isGood(file)).toBe(true);
    now += LIFE_MS - 5_000;
    expect(links.isGood(file)).toBe(false);
    expect(links.isGood({ ...file, url: '/f1' })).toBe(true);
  });

  it('gives fresh links, to all who show the file', async () => {
    const file = fileAt(now);
    now += LIFE_MS;
    const [one, two] = await Promise.all([links.renew(file), links.renew(file)]);
    expect(requests).toEqual(['GET /v1/files/f1']);
    expect(two).toBe(one);
    expect(links.newest(file)).toEqual(fileAt(now));
    expect(links.isGood(file)).toBe(true);
    expect(links.newest(fileAt(now + 60_000))).toEqual(fileAt(now + 60_000));
  });

  it('asks again after a minute, not before', async () => {
    await links.renew(fileAt(now));
    now += 59_999;
    await links.renew(fileAt(now));
    expect(requests).toHaveLength(1);
    now += 1;
    await links.renew(fileAt(now));
    expect(requests).toHaveLength(2);
  });

  it('is not asked on and on for what is gone, but again when it was only out of reach', async () => {
    answer = () => Promise.reject(new ChatError({ code: 'files.not_found', status: 404 }));
    for (let tries = 0; tries < 3; tries++) await expect(links.renew(fileAt(now))).rejects.toThrow();
    expect(requests).toHaveLength(1);
    answer = () => Promise.reject(offlineError());
    for (let tries = 0; tries < 3; tries++) await expect(links.renew(fileAt(now, 'f2'))).rejects.toThrow();
    expect(requests).toHaveLength(4);
  });

  describe('follow', () => {
    const linkTo = (file: AttachmentView) => {
      const opened: string[] = [];
      const link = {
        href: file.url,
        click: vi.fn(() => click()),
      };
      const click = (): Promise<void> => {
        let isPrevented = false;
        const event = {
          currentTarget: link as unknown as EventTarget,
          preventDefault: () => (isPrevented = true),
        };
        const followed = links.follow(event, file);
        if (!isPrevented) opened.push(link.href);
        return followed;
      };
      return { click, opened };
    };

    it('leaves a good link alone', async () => {
      const file = fileAt(now);
      const { click, opened } = linkTo(file);
      await click();
      expect([opened, requests]).toEqual([[file.url], []]);
    });

    it('opens the newest link, where the page still shows the one before', async () => {
      const file = fileAt(now);
      now += LIFE_MS;
      const { click, opened } = linkTo(file);
      await links.renew(file);
      await click();
      expect([opened, requests]).toEqual([[fileAt(now).url], ['GET /v1/files/f1']]);
    });

    it('opens a fresh link for one that has ended, once', async () => {
      const file = fileAt(now);
      now += LIFE_MS;
      const { click, opened } = linkTo(file);
      await click();
      expect([opened, requests]).toEqual([[fileAt(now).url], ['GET /v1/files/f1']]);
    });

    it('does so also where the clock is ahead of the server’s for longer than links live', async () => {
      const file = fileAt(now - 2 * LIFE_MS);
      answer = () => Promise.resolve(fileAt(now - 2 * LIFE_MS));
      const { click, opened } = linkTo(file);
      await click();
      expect([opened.length, requests.length]).toEqual([1, 1]);
    });

    it('opens nothing, and says why, when there is no fresh link', async () => {
      const file = fileAt(now);
      now += LIFE_MS;
      answer = () => Promise.reject(offlineError());
      const { click, opened } = linkTo(file);
      await expect(click()).rejects.toMatchObject({ code: 'client.offline' });
      expect(opened).toEqual([]);
    });
  });
});
