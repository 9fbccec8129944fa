import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aHouse, NOW, type House } from './fakes/house.fake.js';
import { scopeOfConversation, type Conversation } from './conversation.js';
import type { MessageEffects } from './message-effects.js';
import type { Message } from './message.js';
import { ThreadCounts } from './thread-counts.js';

describe(ThreadCounts.name, () => {
  let house: House;
  let conversation: Conversation;
  let root: Message;
  const deliverChange = jest.fn<MessageEffects['deliverChange']>();

  beforeEach(async () => {
    jest.resetAllMocks();
    house = aHouse();
    conversation = await house.add();
    root = await house.say(conversation, { outbox: [] });
  });

  const aNode = (messages = house.messages) =>
    new ThreadCounts(messages, { deliverChange } as unknown as MessageEffects, house.clock, house.config);
  const reply = () =>
    house.say(conversation, { threadRootId: root.id, outbox: [{ task: 'thread', due: NOW }] });
  const scope = () => scopeOfConversation(conversation);
  const find = ({ id }: Message) => house.messages.find(scope(), conversation.id, id);
  const remove = async ({ id }: Message) => {
    const rule = () => ({ deletedAt: NOW });
    const result = await house.messages.change(scope(), conversation.id, id, rule, [
      { task: 'thread', due: NOW },
    ]);
    return result!.message;
  };
  const openTasks = async () => {
    const entries = await house.messages.claimOverdue(new Date(NOW.getTime() + 1e9), 1_000, 99);
    return entries.map(({ task }) => task);
  };

  it('tells the root how many replies it has, and everybody else', async () => {
    const said = await reply();
    await aNode().noteReply({ conversation, message: said });
    const thread = { replyCount: 1, lastReplyAt: said.createdAt, lastReplySeq: said.seq };
    expect(await find(root)).toMatchObject({ rev: 1, thread });
    expect(deliverChange.mock.calls).toMatchObject([[{ id: conversation.id }, { id: root.id, thread }]]);
    expect(await openTasks()).toEqual(['change']);
  });

  it('may be done again without harm', async () => {
    const said = await reply();
    for (const node of [aNode(), aNode(), aNode(house.messages.twin())]) {
      await node.count(conversation, said, 0);
    }
    expect(await find(root)).toMatchObject({ rev: 1, thread: { replyCount: 1 } });
    expect(deliverChange).toHaveBeenCalledTimes(1);
  });

  it('does not count what was deleted, and has no thread when nothing is left', async () => {
    const [one, two] = [await reply(), await reply()];
    const node = aNode();
    await node.noteReply({ conversation, message: two });
    await node.noteDeletion({ conversation, message: await remove(two) });
    expect(await find(root)).toMatchObject({ thread: { replyCount: 1, lastReplySeq: one.seq } });
    await node.noteDeletion({ conversation, message: await remove(one) });
    expect((await find(root))?.thread).toBeNull();
  });

  it('comes to the right count from many replies at once on two nodes', async () => {
    const nodes = [aNode(), aNode(house.messages.twin())];
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const message = await reply();
        await nodes[index % 2]!.noteReply({ conversation, message });
      }),
    );
    expect(await find(root)).toMatchObject({ thread: { replyCount: 30, lastReplySeq: 31 } });
    expect(await openTasks()).not.toContain('thread');
  });

  it('leaves its mark when the store fails', async () => {
    const message = await reply();
    jest.spyOn(house.messages, 'countReplies').mockRejectedValueOnce(new Error('away'));
    await aNode().noteReply({ conversation, message });
    expect(await openTasks()).toContain('thread');
  });

  it('minds no deletion of what was in no thread', async () => {
    const deleted = await remove(root);
    await aNode().noteDeletion({ conversation, message: deleted });
    expect(await openTasks()).toEqual([]);
    expect(deliverChange).not.toHaveBeenCalled();
  });
});
