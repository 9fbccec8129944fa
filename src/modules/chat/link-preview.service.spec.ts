import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FetchFailed, type GuardedFetch } from '../../infrastructure/http-fetch/guarded-fetch.js';
import type { EnvironmentService } from '../environment/environment.service.js';
import type { Conversation } from './conversation.js';
import { aHouse, NOW, type House } from './fakes/house.fake.js';
import { LinkPreviewService } from './link-preview.service.js';
import type { Message } from './message.js';

const LINK = 'https://shop.example/a';
const SHOWN = { url: LINK, title: 'Returns', description: null, imageUrl: null, siteName: null };

describe(LinkPreviewService.name, () => {
  let house: House;
  let previews: LinkPreviewService;
  let conversation: Conversation;
  const get = jest.fn<GuardedFetch['get']>();
  const findById = jest.fn<(id: string) => Promise<unknown>>();

  beforeEach(async () => {
    jest.resetAllMocks();
    Logger.overrideLogger(false);
    house = aHouse();
    const environments = { findById } as unknown as EnvironmentService;
    const pages = { get } as unknown as GuardedFetch;
    previews = new LinkPreviewService(house.messages, environments, pages, house.clock);
    conversation = await house.add();
    findById.mockResolvedValue({ settings: { linkPreviews: true } });
    get.mockImplementation(async (url) => pageAt(url, '<title>Returns</title>'));
  });

  const pageAt = (url: string, html: string) => ({
    url: new URL(url),
    contentType: 'text/html',
    body: Buffer.from(html),
  });
  const say = (content: string, given: Parameters<House['say']>[1] = {}) =>
    house.say(conversation, { content, outbox: [{ task: 'preview', due: NOW }], ...given });
  const scope = () => ({ organizationId: conversation.organizationId });
  const preview = ({ id, rev }: Message) =>
    previews.preview({ ...scope(), conversationId: conversation.id, messageId: id, rev });
  const now = async ({ id }: Message) => (await house.messages.find(scope(), conversation.id, id))!;
  /** What is left to do after a long time. */
  const open = async () => {
    const marks = await house.messages.claimOverdue(new Date(NOW.getTime() + 3_600_000), 1_000, 100);
    return marks.map(({ task, rev }) => ({ task, rev }));
  };

  it('shows what is behind a link: a change that everybody is told of', async () => {
    const message = await say(`look: ${LINK}`);
    await preview(message);
    expect(house.views.one(await now(message))).toMatchObject({
      rev: 1,
      linkPreviews: [SHOWN],
      editedAt: null,
    });
    expect(await open()).toEqual([{ task: 'change', rev: 1 }]);
  });

  it('changes nothing the second time', async () => {
    const message = await say(LINK);
    await preview(message);
    await preview(message);
    expect((await now(message)).rev).toBe(1);
  });

  it('asks for the first three links, and shows those that answer', async () => {
    get.mockRejectedValueOnce(new FetchFailed('timeout'));
    const message = await say('https://1.example https://2.example https://3.example https://4.example');
    await preview(message);
    expect(get.mock.calls.map(([url]) => url)).toEqual([1, 2, 3].map((n) => `https://${n}.example`));
    const { linkPreviews } = house.views.one(await now(message));
    expect(linkPreviews.map(({ url }) => url)).toEqual(['https://2.example', 'https://3.example']);
  });

  it('is done with a page that does not answer, and does not ask it again', async () => {
    get.mockRejectedValue(new FetchFailed('address'));
    const message = await say(LINK);
    await preview(message);
    expect((await now(message)).rev).toBe(0);
    expect(await open()).toEqual([]);
  });

  it.each<[string, () => Promise<Message>]>([
    ['of a note', () => say(LINK, { private: true })],
    ['between agents, where no environment has them on', () => say(LINK, { environmentId: null })],
    ['without a link', () => say('no link')],
    [
      'where they are off',
      () => {
        findById.mockResolvedValue({ settings: { linkPreviews: false } });
        return say(LINK);
      },
    ],
    [
      'of an environment that is gone',
      () => {
        findById.mockResolvedValue(null);
        return say(LINK);
      },
    ],
  ])('asks nobody %s', async (_, make) => {
    const message = await make();
    await preview(message);
    expect(get).not.toHaveBeenCalled();
    expect(await open()).toEqual([]);
  });

  it('shows nothing under words that became others meanwhile', async () => {
    const message = await say(LINK);
    get.mockImplementation(async (url) => {
      const edited = { content: 'other words', editedAt: NOW };
      await house.messages.change(scope(), conversation.id, message.id, () => edited, []);
      return pageAt(url, '<title>Returns</title>');
    });
    await preview(message);
    expect(house.views.one(await now(message))).toMatchObject({ rev: 1, linkPreviews: [] });
  });

  it('leaves the mark when the store is away, so that it is tried again', async () => {
    const message = await say(LINK);
    findById.mockRejectedValue(new Error('away'));
    await expect(preview(message)).rejects.toThrow('away');
    expect(await open()).toEqual([{ task: 'preview', rev: 0 }]);
  });

  it('is quiet about a message that is gone', async () => {
    const message = await say(LINK);
    await house.messages.eraseAll(scope(), [conversation.id]);
    await expect(preview(message)).resolves.toBeUndefined();
  });
});
