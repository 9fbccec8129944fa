import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NotFound, RateLimited } from '../../common/errors/common.errors.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { newId } from '../../common/ids.js';
import type { SendMessageBody } from '../../contracts/chat.js';
import type { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import type { Agent } from '../agent/agent.js';
import type { AgentService } from '../agent/agent.service.js';
import type { EnvironmentService } from '../environment/environment.service.js';
import type { FileService } from '../file/file.service.js';
import { InvalidMessage, SlowMode } from './chat.errors.js';
import type { Conversation } from './conversation.js';
import { anAgent, aPartner, aUser, theUserOf } from './fakes/factories.fake.js';
import { aHouse, NOW, type House } from './fakes/house.fake.js';
import type { MessageEffects } from './message-effects.js';
import { Mentions } from './mentions.js';
import { MessageHistoryService } from './message-history.service.js';
import { MessageService } from './message.service.js';
import type { OutwardMessages } from './outward-messages.js';
import type { SendRules } from './send-rules.js';

describe(MessageService.name, () => {
  let house: House;
  let messages: MessageService;
  let conversation: Conversation;
  const deliver = jest.fn();
  const attach = jest.fn<FileService['attach']>();
  const giveBack = jest.fn<() => Promise<void>>();
  const assertOwned = jest.fn<FileService['assertOwned']>();
  const files = { attach, assertOwned } as unknown as FileService;
  const consume = jest.fn<RateLimits['consumeNearby']>();
  const findActive = jest.fn<AgentService['findActive']>();
  const admit = jest.fn<SendRules['admit']>();
  const isWanted = jest.fn<OutwardMessages['isWanted']>();
  const findById = jest.fn<(id: string) => Promise<unknown>>();

  beforeEach(async () => {
    jest.resetAllMocks();
    attach.mockRejectedValue(new NotFound('files'));
    admit.mockResolvedValue({ isHeld: false });
    isWanted.mockResolvedValue(false);
    house = aHouse();
    messages = new MessageService(
      house.access,
      house.messages,
      { deliver } as unknown as MessageEffects,
      new Mentions({ findActive } as unknown as AgentService),
      { findById } as unknown as EnvironmentService,
      { consumeNearby: consume } as unknown as RateLimits,
      house.clock,
      house.config,
      files,
      { admit } as unknown as SendRules,
      house.views,
      { isWanted } as unknown as OutwardMessages,
      new MessageHistoryService(house.access, house.messages, house.views),
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
      expect(deliver.mock.calls).toEqual([[expect.objectContaining({ id: conversation.id }), told, false]]);
    });

    it('stores nothing of what the rules refuse, and takes the same clientMessageId later', async () => {
      admit.mockRejectedValueOnce(new SlowMode(1_000));
      await expect(send()).rejects.toMatchObject({ code: 'chat.slow_mode' });
      expect(deliver).not.toHaveBeenCalled();
      expect(await send()).toMatchObject({ duplicate: false, message: { seq: 1 } });
    });

    it('keeps back all that follows from a held message but its delivery', async () => {
      admit.mockResolvedValue({ isHeld: true });
      findById.mockResolvedValue({ settings: { linkPreviews: true } });
      const { message } = await send({ content: 'see https://spam.example' });
      expect(message).toMatchObject({ held: true, seq: 1 });
      const marks = await house.messages.claimOverdue(new Date(NOW.getTime() + 86_400_000), 1_000, 9);
      expect(marks.map(({ task }) => task)).toEqual(['fanout']);
      expect(deliver).toHaveBeenCalledTimes(1);
    });

    it('marks what is to be told outside, and nothing that is held', async () => {
      const tasks = async () => {
        const marks = await house.messages.claimOverdue(new Date(NOW.getTime() + 86_400_000), 1_000, 9);
        return marks.map(({ task }) => task);
      };
      isWanted.mockResolvedValue(true);
      await send();
      expect(await tasks()).toContain('webhook');
      expect(isWanted).toHaveBeenCalledWith(conversation.environmentId, 'webhook');
      expect(deliver).toHaveBeenCalledWith(expect.anything(), expect.anything(), true);
      admit.mockResolvedValue({ isHeld: true });
      await send({ clientMessageId: 'c2' });
      expect(await tasks()).not.toContain('webhook');
    });

    it('takes no answer to what is held, and shows it to no key that reads no notes', async () => {
      admit.mockResolvedValueOnce({ isHeld: true });
      const { id } = (await send()).message;
      for (const body of [{ replyToId: id }, { threadRootId: id }]) {
        await expect(sendAsAgent(body)).rejects.toMatchObject({ code: 'chat.message_held' });
        const { organizationId, environmentId } = conversation;
        const partner = aPartner({ organizationId, environmentId: environmentId ?? '' });
        const answer = messages.send(partner, conversation.id, { content: 'x', ...body });
        await expect(answer).rejects.toMatchObject({ code: 'chat.not_found' });
      }
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

    it('may be files alone, and gives back those of another message that is there', async () => {
      const attachments = [{ id: 'f1', name: 'a.pdf', mimeType: 'application/pdf', size: 9 }];
      attach.mockResolvedValue({ attachments, giveBack });
      const { message } = await send({ content: '', attachmentIds: ['f1', 'f1'] });
      expect(message).toMatchObject({ type: 'file', content: '', attachments });
      const claim = expect.objectContaining({ conversationId: conversation.id, isPrivate: false });
      expect(attach.mock.calls[0]?.slice(1)).toEqual([['f1'], claim, conversation.environmentId]);
      expect(giveBack).not.toHaveBeenCalled();
      await expect(send({ attachmentIds: ['f2'] })).rejects.toMatchObject({
        code: 'chat.idempotency_conflict',
      });
      expect(giveBack).toHaveBeenCalledTimes(1);
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
        [false, 'index'],
        [false, 'notify'],
        [true, 'fanout'],
        [true, 'index'],
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

  describe('threads', () => {
    it('has one level', async () => {
      const root = (await send()).message;
      const reply = (await sendAsAgent({ threadRootId: root.id, alsoInConversation: true })).message;
      expect(reply).toMatchObject({ threadRootId: root.id, alsoInConversation: true, thread: null });
      await expect(sendAsAgent({ threadRootId: reply.id })).rejects.toMatchObject({
        code: 'chat.thread_in_thread',
      });
    });

    it('is as private as its root', async () => {
      const said = (await send()).message.id;
      const note = (await sendAsAgent({ private: true })).message.id;
      await expect(sendAsAgent({ threadRootId: note })).rejects.toMatchObject(invalid('private'));
      const hidden = sendAsAgent({ threadRootId: said, private: true });
      await expect(hidden).rejects.toMatchObject(invalid('private'));
      const reply = await sendAsAgent({ threadRootId: note, private: true });
      expect(reply.message).toMatchObject({ threadRootId: note, private: true });
      const byUser = send({ threadRootId: note, clientMessageId: 'c2' });
      await expect(byUser).rejects.toMatchObject({ code: 'chat.not_found' });
    });

    it('has nothing to show in the conversation as well, when there is no thread', async () => {
      await expect(send({ alsoInConversation: true })).rejects.toMatchObject(invalid('alsoInConversation'));
    });

    it('leaves a mark that its root is to be counted', async () => {
      const { id } = await house.say(conversation, { outbox: [] });
      await sendAsAgent({ threadRootId: id });
      const entries = await house.messages.claimOverdue(new Date(Date.now() + 9_999_000), 1_000, 9);
      expect(entries.map(({ task }) => task)).toEqual(['fanout', 'index', 'thread', 'notify']);
    });
  });

  describe('mentions', () => {
    const unknown = { code: 'chat.mention_unknown' };
    const here = () => ({ type: 'user' as const, id: conversation.user!.id });

    it('are of agents of the organization and of the user who is here, each once', async () => {
      const colleague = { type: 'agent' as const, id: newId() };
      findActive.mockResolvedValue({} as Agent);
      const { message } = await sendAsAgent({ mentions: [colleague, here(), colleague] });
      expect(message.mentions).toEqual([colleague, here()]);
      expect(findActive).toHaveBeenCalledWith(conversation.organizationId, colleague.id);
    });

    it('are of nobody else', async () => {
      findActive.mockResolvedValue(null);
      for (const id of [newId(), 'x', '']) {
        await expect(send({ mentions: [{ type: 'agent', id }] })).rejects.toMatchObject(unknown);
      }
      const stranger = { type: 'user' as const, id: newId() };
      await expect(send({ mentions: [here(), stranger] })).rejects.toMatchObject(unknown);
    });

    it('are of all in groups and channels only', async () => {
      await expect(sendAsAgent({ mentionsAll: true })).rejects.toMatchObject(invalid('mentionsAll'));
      const member = agent();
      const { organizationId } = conversation;
      const team = { environmentId: null, user: null, organizationId, memberIds: [member.id] };
      for (const kind of ['group', 'channel'] as const) {
        conversation = await house.add({ ...team, kind });
        const { message } = await sendAsAgent({ mentionsAll: true }, member);
        expect(message.mentionsAll).toBe(true);
      }
      conversation = await house.add({ ...team, kind: 'direct' });
      const all = sendAsAgent({ mentionsAll: true }, member);
      await expect(all).rejects.toMatchObject(invalid('mentionsAll'));
    });
  });

  describe('checkFirst', () => {
    it('refuses what send would refuse, before there is a conversation', async () => {
      const check = (body: Partial<SendMessageBody>) =>
        messages.checkFirst(theUserOf(conversation), 'support', { content: 'hello', ...body });
      findActive.mockResolvedValue(null);
      await check({});
      await expect(check({ content: ' ' })).rejects.toBeInstanceOf(InvalidMessage);
      assertOwned.mockImplementation(async (_, ids) => {
        if (ids.length > 0) throw new NotFound('files');
      });
      for (const body of [
        { replyToId: newId() },
        { threadRootId: newId() },
        { private: true },
        { mentions: [{ type: 'agent' as const, id: newId() }] },
      ]) {
        await expect(check(body)).rejects.toBeInstanceOf(DomainError);
      }
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
