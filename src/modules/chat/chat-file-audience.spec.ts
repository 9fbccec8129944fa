import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../common/access/principal.js';
import { attachmentKeyOf } from './attachment.js';
import { ChatFileAudience } from './chat-file-audience.js';
import { scopeOfConversation, type Conversation } from './conversation.js';
import { anAgent, aPartner, aUser, theUserOf } from './fakes/factories.fake.js';
import { aHouse, NOW, type House } from './fakes/house.fake.js';
import type { MessageChange } from './message-change.js';
import type { Message } from './message.js';

describe(ChatFileAudience.name, () => {
  let house: House;
  let audience: ChatFileAudience;
  let conversation: Conversation;
  let agent: Principal;
  let user: Principal;
  let reader: Principal;
  let blind: Principal;

  beforeEach(async () => {
    house = aHouse();
    audience = new ChatFileAudience(house.access, house.messages);
    conversation = await house.add();
    const { organizationId, environmentId } = conversation;
    agent = anAgent({ organizationId });
    user = theUserOf(conversation);
    const place = { organizationId, environmentId: environmentId! };
    reader = aPartner({ ...place, scopes: ['messages:read', 'notes:read'] });
    blind = aPartner({ ...place, scopes: ['messages:read'] });
  });

  const maySee = (who: Principal, message: Message) =>
    audience.maySee(who, {
      to: attachmentKeyOf(message),
      conversationId: message.conversationId,
      isPrivate: message.private,
    });
  const answersOf = (message: Message) =>
    Promise.all([agent, user, reader, blind].map((who) => maySee(who, message)));
  const change = async ({ id }: Message, made: MessageChange) => {
    await house.messages.change(scopeOfConversation(conversation), conversation.id, id, () => made, []);
  };

  it('gives what was sent to whoever sees the conversation, and to nobody else', async () => {
    const message = await house.say(conversation);
    expect(await answersOf(message)).toEqual([true, true, true, true]);
    for (const stranger of [aUser(), anAgent(), aPartner()])
      expect(await maySee(stranger, message)).toBe(false);
  });

  it('gives what is in a note to those who read notes', async () => {
    const note = await house.say(conversation, { private: true });
    expect(await answersOf(note)).toEqual([true, false, true, false]);
  });

  it('keeps what is held from those who do not see it, until it is approved', async () => {
    const held = await house.say(conversation, { held: true });
    expect(await answersOf(held)).toEqual([true, true, true, false]);
    await change(held, { held: false });
    expect(await answersOf(held)).toEqual([true, true, true, true]);
  });

  it('gives nobody what went with a deleted or a rejected message', async () => {
    for (const held of [true, false]) {
      const message = await house.say(conversation, { held });
      await change(message, { deletedAt: NOW });
      expect(await answersOf(message)).toEqual([false, false, false, false]);
    }
  });

  it('gives nobody what is attached to a message that is not stored', async () => {
    const message = await house.say(conversation);
    expect(await answersOf({ ...message, clientMessageId: 'not-yet' })).toEqual([false, false, false, false]);
  });
});
