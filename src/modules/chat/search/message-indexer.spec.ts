import { beforeEach, describe, expect, it } from '@jest/globals';
import { scopeOfConversation, type Conversation } from '../conversation.js';
import { aHouse, NOW, type House } from '../fakes/house.fake.js';
import type { Message, MessageDraft } from '../message.js';
import { InMemoryMessageIndex } from './in-memory-message-index.fake.js';
import { MessageIndexer } from './message-indexer.js';

describe(MessageIndexer.name, () => {
  let house: House;
  let conversation: Conversation;
  let index: InMemoryMessageIndex;
  let indexer: MessageIndexer;

  beforeEach(async () => {
    house = aHouse();
    conversation = await house.add();
    index = new InMemoryMessageIndex();
    indexer = new MessageIndexer(index, house.messages);
  });

  const say = (given: Partial<MessageDraft> = {}) =>
    house.say(conversation, { content: 'refund', outbox: [{ task: 'index', due: NOW }], ...given });
  const put = async (...messages: Message[]) => {
    for (const message of messages) indexer.noteCreated({ conversation, message });
    await indexer.flush();
  };
  const found = async () => {
    const asked = { reach: { teamIds: [] }, seesPrivate: true, terms: ['refund'], limit: 9 };
    return (await index.search(scopeOfConversation(conversation), asked)).map(({ messageId }) => messageId);
  };
  const marked = async () => {
    const entries = await house.messages.claimOverdue(new Date(NOW.getTime() + 1e9), 1_000, 99);
    return entries.map(({ message }) => message.id);
  };

  it('puts what was said into the index, and takes the mark off it', async () => {
    const message = await say();
    await put(message);
    expect(await found()).toEqual([message.id]);
    expect(await marked()).toEqual([]);
  });

  it('leaves out what the system says', async () => {
    await put(await say({ type: 'system' }));
    expect(await found()).toEqual([]);
  });

  it('leaves out what is held, until it is approved', async () => {
    const held = await say({ held: true });
    await put(held);
    indexer.noteUpdated({ conversation, message: { ...held, rev: 1, editedAt: NOW } });
    await indexer.flush();
    expect(await found()).toEqual([]);
    indexer.noteApproved({ conversation, message: { ...held, rev: 2, held: false } });
    await indexer.flush();
    expect(await found()).toEqual([held.id]);
  });

  it('leaves the mark while the index is away', async () => {
    const message = await say();
    index.put = () => Promise.reject(new Error('away'));
    await put(message);
    expect(await marked()).toEqual([message.id]);
  });

  it('leaves nothing of what was erased while it was put', async () => {
    const { id, organizationId } = await house.add({ organizationId: conversation.organizationId });
    const [erased, kept] = [await say({ conversationId: id }), await say()];
    await house.messages.eraseAll({ organizationId }, [id]);
    await put(erased, kept);
    expect(await found()).toEqual([kept.id]);
  });

  it('changes nothing for what was never edited, and forgets what was deleted', async () => {
    const message = await say();
    await put(message);
    indexer.noteUpdated({ conversation, message: { ...message, rev: 1, content: 'other' } });
    await indexer.flush();
    expect(await found()).toEqual([message.id]);
    indexer.noteUpdated({ conversation, message: { ...message, rev: 2, deletedAt: NOW } });
    await indexer.flush();
    expect(await found()).toEqual([]);
  });
});
