import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import type { Conversation } from './conversation.js';
import { anAgent, aPartner, theUserOf } from './fakes/factories.fake.js';
import { aHouse, type House } from './fakes/house.fake.js';
import { MessageHistoryService, type HistoryBounds } from './message-history.service.js';

describe(MessageHistoryService.name, () => {
  let house: House;
  let history: MessageHistoryService;
  let conversation: Conversation;

  beforeEach(async () => {
    house = aHouse();
    history = new MessageHistoryService(house.access, house.messages, house.views);
    conversation = await house.add();
  });

  const agent = () => anAgent({ organizationId: conversation.organizationId });
  type Reader = Parameters<MessageHistoryService['page']>[0];

  describe('page', () => {
    beforeEach(async () => {
      for (const content of ['1', '2', '3', '4', '5']) await house.say(conversation, { content });
      await house.say(conversation, { content: 'note', private: true });
    });

    const page = async (bounds: HistoryBounds, as: Reader = theUserOf(conversation)) => {
      const { items, ...rest } = await history.page(as, conversation.id, bounds);
      return { contents: items.map(({ content }) => content).join(''), ...rest };
    };

    it('goes in both directions, and says whether there is more', async () => {
      const edge = { headSeq: 6, minSeq: 1 };
      expect(await page({ limit: 2 })).toEqual({ contents: '45', hasMore: true, ...edge });
      expect(await page({ limit: 2, beforeSeq: 3 })).toEqual({ contents: '12', hasMore: false, ...edge });
      expect(await page({ limit: 2, afterSeq: 1 })).toEqual({ contents: '23', hasMore: true, ...edge });
      expect(await page({ limit: 2, afterSeq: 3 })).toEqual({ contents: '45', hasMore: false, ...edge });
      expect(await page({ limit: 5 })).toMatchObject({ contents: '12345', hasMore: false });
    });

    it.each([
      [{ aroundSeq: 3, limit: 2 }, '34', true, true],
      [{ aroundSeq: 3, limit: 3 }, '234', true, true],
      [{ aroundSeq: 1, limit: 2 }, '12', false, true],
      [{ aroundSeq: 5, limit: 4 }, '45', true, false],
      [{ aroundSeq: 0, limit: 4 }, '12', false, true],
      [{ aroundSeq: 99, limit: 4 }, '45', true, false],
      [{ aroundSeq: 3, limit: 1 }, '3', true, true],
      [{ aroundSeq: 3, limit: 200 }, '12345', false, false],
    ])('stands around a number: %j', async (bounds, contents, hasMore, hasNewer) => {
      expect(await page(bounds)).toEqual({ contents, hasMore, hasNewer, headSeq: 6, minSeq: 1 });
    });

    it('has one place at a time', async () => {
      for (const bound of [{ beforeSeq: 4 }, { afterSeq: 0 }]) {
        await expect(page({ aroundSeq: 3, limit: 2, ...bound })).rejects.toMatchObject({
          code: 'common.validation_failed',
          details: [{ path: 'aroundSeq' }],
        });
      }
    });

    it('lies between two numbers', async () => {
      expect(await page({ afterSeq: 1, beforeSeq: 5, limit: 2 })).toMatchObject({
        contents: '23',
        hasMore: true,
      });
      expect(await page({ afterSeq: 3, beforeSeq: 5, limit: 2 })).toMatchObject({
        contents: '4',
        hasMore: false,
      });
    });

    it('shows notes to agents, and to partners whose key has the scope', async () => {
      const { organizationId, environmentId } = conversation;
      const read = async (as: Reader) => (await history.page(as, conversation.id, { limit: 9 })).items.length;
      const partner = (scopes: string[]) =>
        aPartner({ organizationId, environmentId: environmentId ?? '', scopes });
      expect(await read(agent())).toBe(6);
      expect(await read(partner(['messages:read']))).toBe(5);
      expect(await read(partner(['messages:read', 'notes:read']))).toBe(6);
    });

    it('lists a thread by its root, to those who see the root', async () => {
      const note = await house.say(conversation, { private: true });
      await house.say(conversation, { private: true, threadRootId: note.id, content: 'under it' });
      const list = (as: Reader, threadRootId = note.id) => page({ limit: 9, threadRootId }, as);
      expect((await list(agent())).contents).toBe('under it');
      for (const hidden of [list(theUserOf(conversation)), list(agent(), newId()), list(agent(), 'x')]) {
        await expect(hidden).rejects.toMatchObject({ code: 'chat.not_found' });
      }
    });
  });

  describe('one', () => {
    it('is there for those who see it, and for nobody else', async () => {
      const said = await house.say(conversation, { content: 'hello' });
      const note = await house.say(conversation, { private: true });
      const one = (as: Reader, id: string) => history.one(as, conversation.id, id);
      expect(await one(theUserOf(conversation), said.id)).toMatchObject({ id: said.id, content: 'hello' });
      expect(await one(agent(), note.id)).toMatchObject({ private: true });
      for (const hidden of [
        one(theUserOf(conversation), note.id),
        one(anAgent(), said.id),
        one(agent(), newId()),
      ])
        await expect(hidden).rejects.toMatchObject({ code: 'chat.not_found' });
    });
  });
});
