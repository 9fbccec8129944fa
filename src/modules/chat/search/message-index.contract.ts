import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../../common/ids.js';
import { aScope } from '../fakes/factories.fake.js';
import type { IndexedMessage, IndexQuery, MessageIndex } from './message-index.js';
import { parseQuery } from './search-terms.js';

const START = new Date('2026-11-20T09:00:00.000Z');
const SECOND = 1_000;

/** What every MessageIndex does, the fake as well as the real one. */
export function describeMessageIndex(create: () => MessageIndex): void {
  let index: MessageIndex;
  let scope: { organizationId: string; environmentId: string };
  let said: number;

  beforeEach(() => {
    index = create();
    scope = aScope();
    said = 0;
  });

  const aMessage = (content: string, given: Partial<IndexedMessage> = {}): IndexedMessage => ({
    ...scope,
    messageId: newId(),
    rev: 0,
    conversationId: newId(),
    kind: 'support',
    userId: newId(),
    senderId: newId(),
    private: false,
    createdAt: new Date(START.getTime() + ++said * SECOND),
    content,
    ...given,
  });

  const say = async (content: string, given: Partial<IndexedMessage> = {}): Promise<IndexedMessage> => {
    const message = aMessage(content, given);
    await index.put([message]);
    return message;
  };

  const search = async (
    query: string,
    given: Partial<IndexQuery> = {},
    within: object = {},
  ): Promise<string[]> => {
    const asked = { reach: { teamIds: [] }, seesPrivate: true, limit: 50, ...given };
    const { organizationId } = scope;
    const found = await index.search({ organizationId, ...within }, { ...asked, terms: parseQuery(query) });
    return found.map(({ messageId }) => messageId);
  };

  describe('words', () => {
    it.each([
      ['교환', '제품 교환 문의입니다'],
      ['환문', '제품교환문의입니다'],
      ['문의', '제품 교환 문의입니다'],
      ['東京', '来週、東京都に行きます'],
      ['キー', 'スキーの予約'],
      ['환', '환불'],
      ['fund', 'I want a REFUND now'],
      ['re', 'my refund'],
      ['ＡＢＣ', 'order abc-1'],
      ['a-1001', 'order A-1001 is late'],
      ['ไทย', 'ภาษาไทยครับ'],
      ['Ärger', 'so ein ärger'],
      ['iphone', 'iPhone교환 부탁'],
      ['교환', 'iPhone교환 부탁'],
      ["100%_\\'", "it is 100%_\\' sure"],
      ['🎉', '축하해요🎉'],
    ])('finds %s in "%s"', async (query, content) => {
      const { messageId } = await say(content);
      await say('something else / 다른 말');
      expect(await search(query)).toEqual([messageId]);
    });

    it('asks for every word, in any order, and for phrases as they stand', async () => {
      const first = await say('제품 교환 언제 되나요');
      const second = await say('언제 교환 제품 오나요');
      expect(await search('언제 교환')).toEqual([second.messageId, first.messageId]);
      expect(await search('"교환 언제"')).toEqual([first.messageId]);
      expect(await search('"환 언"')).toEqual([first.messageId]);
      expect(await search('"교환   언제"')).toEqual([first.messageId]);
      expect(await search('교환 없다')).toEqual([]);
    });
  });

  describe('what a caller may see', () => {
    it('is never of another tenant, nor of another environment than the one asked for', async () => {
      const mine = await say('refund');
      await say('refund', aScope());
      const sibling = await say('refund', { environmentId: newId() });
      expect(await search('refund')).toEqual([sibling.messageId, mine.messageId]);
      expect(await search('refund', {}, scope)).toEqual([mine.messageId]);
    });

    it('leaves out notes for those who see none', async () => {
      const note = await say('refund him', { private: true });
      const open = await say('refund');
      expect(await search('refund', { seesPrivate: true })).toEqual([open.messageId, note.messageId]);
      expect(await search('refund', { seesPrivate: false })).toEqual([open.messageId]);
    });

    it('is what is their own for a user, and support and their own teams for an agent', async () => {
      const support = await say('refund');
      const team = await say('refund', { kind: 'group', userId: null, environmentId: null });
      await say('refund', { kind: 'direct', userId: null, environmentId: null });
      expect(await search('refund', { reach: { userId: support.userId! } })).toEqual([support.messageId]);
      expect(await search('refund')).toEqual([support.messageId]);
      const reach = { teamIds: [team.conversationId] };
      expect(await search('refund', { reach })).toEqual([team.messageId, support.messageId]);
    });
  });

  it('narrows by sender, conversation, kind and time', async () => {
    const one = await say('refund');
    const other = await say('refund', { kind: 'channel', userId: null });
    const reach = { teamIds: [other.conversationId] };
    expect(await search('refund', { reach, senderId: other.senderId })).toEqual([other.messageId]);
    expect(await search('refund', { reach, conversationId: one.conversationId })).toEqual([one.messageId]);
    expect(await search('refund', { reach, kind: 'channel' })).toEqual([other.messageId]);
    expect(await search('refund', { reach, from: other.createdAt })).toEqual([other.messageId]);
    expect(await search('refund', { reach, to: other.createdAt })).toEqual([one.messageId]);
  });

  it('answers the newest first, and goes on after a place in them', async () => {
    const sameTime = { createdAt: START };
    const messages = [
      await say('refund', sameTime),
      await say('refund', sameTime),
      await say('refund', sameTime),
    ];
    const sorted = messages
      .map(({ messageId }) => messageId)
      .sort()
      .reverse();
    const first = await index.search(scope, {
      reach: { teamIds: [] },
      seesPrivate: true,
      limit: 2,
      terms: ['refund'],
    });
    expect(first.map(({ messageId }) => messageId)).toEqual(sorted.slice(0, 2));
    expect(first[0]).toMatchObject({ createdAt: START });
    expect(await search('refund', { after: first[1]! })).toEqual(sorted.slice(2));
  });

  describe('changes', () => {
    it('finds the text as it is now, in whatever order the changes come', async () => {
      const message = await say('교환');
      await index.put([{ ...message, rev: 2, content: '환불' }]);
      await index.put([{ ...message, rev: 1, content: '취소' }]);
      expect(await search('교환')).toEqual([]);
      expect(await search('취소')).toEqual([]);
      expect(await search('환불')).toEqual([message.messageId]);
    });

    it('takes several states of one message at once', async () => {
      const message = aMessage('교환');
      await index.put([{ ...message, rev: 1, content: '환불' }, message]);
      expect(await search('환불')).toEqual([message.messageId]);
      expect(await search('교환')).toEqual([]);
    });

    it('does not find what was deleted, also when the text comes late', async () => {
      const message = aMessage('교환');
      await index.put([{ ...message, rev: 1, content: '' }]);
      await index.put([message]);
      expect(await search('교환')).toEqual([]);
    });

    it('removes messages and whole conversations, of this tenant only', async () => {
      const [one, two, three] = [await say('교환'), await say('교환'), await say('교환')];
      await index.remove([one.messageId]);
      await index.removeConversations(aScope(), [three.conversationId]);
      expect(await search('교환')).toEqual([three.messageId, two.messageId]);
      await index.removeConversations(scope, [three.conversationId]);
      expect(await search('교환')).toEqual([two.messageId]);
    });

    it('takes whatever can be said', async () => {
      const strange = await say('교환 \0 \uD800 "quoted" $1 {} \\');
      expect(await search('교환')).toEqual([strange.messageId]);
    });
  });
}
