import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RateLimited } from '../../common/errors/common.errors.js';
import { newId } from '../../common/ids.js';
import type { SendMessageBody } from '../../contracts/chat.js';
import type { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import type { EnvironmentService } from '../environment/environment.service.js';
import { InvalidMessage, SlowMode } from './chat.errors.js';
import type { Conversation } from './conversation.js';
import { anAgent, aPartner, aUser, theUserOf } from './fakes/factories.fake.js';
import { aHouse, NOW, type House } from './fakes/house.fake.js';
import type { MessageEffects } from './message-effects.js';
import { MessageService } from './message.service.js';
import type { SendRules } from './send-rules.js';

describe(MessageService.name, () => {
  let house: House;
  let messages: MessageService;
  let conversation: Conversation;
  const deliver = jest.fn();
  const consume = jest.fn<RateLimits['consumeNearby']>();
  const admit = jest.fn<SendRules['admit']>();
  const findById = jest.fn<(id: string) => Promise<unknown>>();

  beforeEach(async () => {
    jest.resetAllMocks();
    house = aHouse();
    messages = new MessageService(
      house.access,
      house.messages,
      { deliver } as unknown as MessageEffects,
      { findById } as unknown as EnvironmentService,
      { consumeNearby: consume } as unknown as RateLimits,
      house.clock,
      house.config,
      { admit } as unknown as SendRules,
    );
    conversation = await house.add();
  });

  const agent = () => anAgent({ organizationId: conversation.organizationId });
  const send = (body: Partial<SendMessageBody> = {}, principal = theUserOf(conversation)) =>
    messages.send(principal, conversation.id, { content: 'hello', clientMessageId: 'c1', ...body });
  const sendAsAgent = (body: Partial<SendMessageBody> = {}, as = agent()) =>
    messages.send(as, conversation.id, { content: 'hello', ...body });
  const invalid = (path: string) => ({ code: 'common.validation_failed', details: [{ path }] });

  describe('send', () => {
    it('answers with the stored message and has everybody told', async () => {
      const { message, duplicate } = await send({ metadata: { order: 'A-1' } });
      expect(duplicate).toBe(false);
      expect(message).toMatchObject({
        seq: 1,
        content: 'hello',
        clientMessageId: 'c1',
        createdAt: NOW.toISOString(),
      });
      const told = expect.objectContaining({ id: message.id, seq: 1 });
      expect(deliver.mock.calls).toEqual([[expect.objectContaining({ id: conversation.id }), told]]);
    });

    it('stores nothing of what the rules refuse, and takes the same clientMessageId later', async () => {
      admit.mockRejectedValueOnce(new SlowMode(1_000));
      await expect(send()).rejects.toMatchObject({ code: 'chat.slow_mode' });
      expect(deliver).not.toHaveBeenCalled();
      expect(await send()).toMatchObject({ duplicate: false, message: { seq: 1 } });
    });

    it('returns the first message when a clientMessageId repeats, and tells nobody again', async () => {
      const { message } = await send();
      expect(await send()).toEqual({ message, duplicate: true });
      expect(deliver).toHaveBeenCalledTimes(1);
    });

    it('refuses another body under the same clientMessageId', async () => {
      await send();
      await expect(send({ content: 'other' })).rejects.toMatchObject({ code: 'chat.idempotency_conflict' });
    });

    const refusals: [name: string, body: Partial<SendMessageBody>, error: object][] = [
      ['nothing but space', { content: ' \n\t　' }, invalid('content')],
      ['too many characters', { content: 'x'.repeat(8_001) }, invalid('content')],
      ['too many bytes', { content: '👨‍👩‍👧‍👦'.repeat(1_400) }, invalid('content')],
      ['too much metadata', { metadata: { a: '가'.repeat(1_400) } }, invalid('metadata')],
      ['a note by a user', { private: true }, { code: 'auth.forbidden' }],
      ['files that are not there', { attachmentIds: ['f1'] }, { code: 'files.not_found' }],
      ['an answer to nothing', { replyToId: newId() }, { code: 'chat.not_found' }],
      ['a thread of nothing', { threadRootId: newId() }, { code: 'chat.not_found' }],
    ];

    it.each(refusals)('refuses %s, and does not use up the clientMessageId', async (_, body, error) => {
      await expect(send(body)).rejects.toMatchObject(error);
      expect(deliver).not.toHaveBeenCalled();
      expect(await send()).toMatchObject({ duplicate: false, message: { seq: 1 } });
    });

    it('takes eight thousand characters of any kind that fit in the bytes', async () => {
      expect((await send({ content: '가'.repeat(8_000) })).message.seq).toBe(1);
      expect((await send({ clientMessageId: 'c2', content: '😀'.repeat(8_000) })).message.seq).toBe(2);
    });

    it('hides the conversation from strangers before it says anything else', async () => {
      const strangers = [aUser(), anAgent(), aPartner()];
      for (const stranger of strangers) {
        const sent = messages.send(stranger, conversation.id, { content: '' });
        await expect(sent).rejects.toMatchObject({ code: 'chat.not_found' });
      }
    });

    it('lets only members write in a public channel', async () => {
      const { organizationId } = conversation;
      const channel = { kind: 'channel', visibility: 'public', environmentId: null, user: null } as const;
      conversation = await house.add({ ...channel, organizationId });
      await expect(sendAsAgent()).rejects.toMatchObject({ code: 'chat.not_participant' });
    });

    it('stores who spoke as they are now, and what is still to be done', async () => {
      await sendAsAgent({}, { ...agent(), name: '박지우' });
      await sendAsAgent({ private: true });
      const entries = await house.messages.claimOverdue(new Date(Date.now() + 9_999_000), 1_000, 9);
      expect(entries.map(({ message, task }) => [message.private, task])).toEqual([
        [false, 'fanout'],
        [false, 'notify'],
        [true, 'fanout'],
      ]);
      expect(entries[0]?.message.sender.name).toBe('박지우');
    });

    it('has notes in support only', async () => {
      const { organizationId } = conversation;
      const member = agent();
      conversation = await house.add({
        kind: 'group',
        environmentId: null,
        user: null,
        organizationId,
        memberIds: [member.id],
      });
      await expect(sendAsAgent({ private: true }, member)).rejects.toMatchObject(invalid('private'));
    });

    it('does not tell a user by an answer that there is a note', async () => {
      const { message } = await sendAsAgent({ private: true });
      await expect(send({ replyToId: message.id })).rejects.toMatchObject({ code: 'chat.not_found' });
      expect((await sendAsAgent({ replyToId: message.id })).message.replyToId).toBe(message.id);
    });

    it('answers no message of another conversation', async () => {
      const other = await house.add({
        organizationId: conversation.organizationId,
        environmentId: conversation.environmentId,
      });
      const { id } = await house.say(other);
      await expect(sendAsAgent({ replyToId: id })).rejects.toMatchObject({ code: 'chat.not_found' });
    });
  });

  describe('checkFirst', () => {
    it('refuses what send would refuse, before there is a conversation', () => {
      const check = (body: Partial<SendMessageBody>) => () =>
        messages.checkFirst(theUserOf(conversation), 'support', { content: 'hello', ...body });
      expect(check({})).not.toThrow();
      expect(check({ content: ' ' })).toThrow(InvalidMessage);
      for (const body of [
        { replyToId: newId() },
        { threadRootId: newId() },
        { attachmentIds: ['f'] },
        { private: true },
      ]) {
        expect(check(body)).toThrow();
      }
    });
  });

  describe('history', () => {
    beforeEach(async () => {
      for (const content of ['1', '2', '3', '4', '5']) await house.say(conversation, { content });
      await house.say(conversation, { content: 'note', private: true });
    });

    const history = async (
      bounds: { beforeSeq?: number; afterSeq?: number; limit: number },
      as = theUserOf(conversation),
    ) => {
      const { items, ...rest } = await messages.history(as, conversation.id, bounds);
      return { contents: items.map(({ content }) => content).join(''), ...rest };
    };

    it('pages in both directions, and says whether there is more', async () => {
      const edge = { headSeq: 6, minSeq: 1 };
      expect(await history({ limit: 2 })).toEqual({ contents: '45', hasMore: true, ...edge });
      expect(await history({ limit: 2, beforeSeq: 3 })).toEqual({ contents: '12', hasMore: false, ...edge });
      expect(await history({ limit: 2, afterSeq: 1 })).toEqual({ contents: '23', hasMore: true, ...edge });
      expect(await history({ limit: 2, afterSeq: 3 })).toEqual({ contents: '45', hasMore: false, ...edge });
      expect(await history({ limit: 5 })).toMatchObject({ contents: '12345', hasMore: false });
    });

    it('shows notes to agents, and to partners whose key has the scope', async () => {
      const { organizationId, environmentId } = conversation;
      const read = async (principal: Parameters<MessageService['history']>[0]) =>
        (await messages.history(principal, conversation.id, { limit: 9 })).items.length;
      const partner = (scopes: string[]) =>
        aPartner({ organizationId, environmentId: environmentId ?? '', scopes });
      expect(await read(agent())).toBe(6);
      expect(await read(partner(['messages:read']))).toBe(5);
      expect(await read(partner(['messages:read', 'notes:read']))).toBe(6);
    });
  });

  describe('limitSending', () => {
    const pointsOf = async (principal: Parameters<MessageService['limitSending']>[0]) => {
      await messages.limitSending(principal);
      return consume.mock.calls.at(-1);
    };

    it('takes a point of the budget of that kind of sender', async () => {
      const [user, someAgent] = [aUser(), anAgent()];
      expect(await pointsOf(someAgent)).toEqual(['message', `agent:${someAgent.id}`, 60]);
      expect(await pointsOf(user)).toEqual(['message', `user:${user.id}`, 20]);
      expect(await pointsOf({ ...user, identity: 'verified' })).toEqual(['message', `user:${user.id}`, 60]);
    });

    it('follows the settings of the environment', async () => {
      const limits = { anonymousMessagesPerMinute: 5, messagesPerMinute: 600, typingPerMinute: 1 };
      findById.mockResolvedValue({ settings: { limits } });
      expect((await pointsOf(aUser()))?.[2]).toBe(5);
      expect((await pointsOf(aUser({ identity: 'claimed' })))?.[2]).toBe(600);
    });

    it('passes on the refusal', async () => {
      consume.mockRejectedValue(new RateLimited(1_000));
      await expect(messages.limitSending(anAgent())).rejects.toMatchObject({ code: 'common.rate_limited' });
    });
  });
});
