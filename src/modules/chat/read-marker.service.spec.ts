import { beforeEach, describe, expect, it } from '@jest/globals';
import { senderOf, type Conversation } from './conversation.js';
import { anAgent, aUser, theUserOf } from './fakes/factories.fake.js';
import { aHouse, type House } from './fakes/house.fake.js';
import { ReadMarkerService } from './read-marker.service.js';

describe(ReadMarkerService.name, () => {
  let house: House;
  let service: ReadMarkerService;
  let conversation: Conversation;

  beforeEach(async () => {
    house = aHouse();
    service = new ReadMarkerService(house.access, house.messages, house.markers, house.unread, house.events);
    conversation = await house.add();
    for (const content of ['1', '2', '3']) await house.say(conversation, { content });
  });

  const agent = () => anAgent({ organizationId: conversation.organizationId });

  it('moves forward only, never past the newest, and says what is left', async () => {
    const reader = agent();
    const read = (seq: number) => service.markRead(reader, conversation.id, seq);
    expect(await read(0)).toEqual({ readSeq: 0, unread: 3 });
    expect(await read(2)).toEqual({ readSeq: 2, unread: 1 });
    expect(await read(1)).toEqual({ readSeq: 2, unread: 1 });
    expect(await read(Number.MAX_SAFE_INTEGER)).toEqual({ readSeq: 3, unread: 0 });
  });

  it('counts neither own words, nor notes for a user', async () => {
    const user = theUserOf(conversation);
    await house.say(conversation, { sender: senderOf(user) });
    await house.say(conversation, { sender: senderOf(agent()), private: true });
    await house.say(conversation, { sender: senderOf(agent()) });
    expect(await service.markRead(user, conversation.id, 3)).toEqual({ readSeq: 3, unread: 1 });
  });

  it('counts no further than a hundred', async () => {
    for (let count = 0; count < 120; count++) await house.say(conversation);
    expect((await service.markRead(agent(), conversation.id, 0)).unread).toBe(100);
  });

  it('tells where the marker stands now', async () => {
    const reader = agent();
    await service.markRead(reader, conversation.id, 2);
    await service.markRead(reader, conversation.id, 1);
    const told = {
      reader: { type: 'agent', id: reader.id, sessionId: reader.sessionId },
      readSeq: 2,
    };
    const fact = { name: 'conversation.read', payload: expect.objectContaining(told) };
    expect(house.published).toEqual([fact, fact]);
  });

  it('hides the conversation from strangers', async () => {
    await expect(service.markRead(aUser(), conversation.id, 1)).rejects.toMatchObject({
      code: 'chat.not_found',
    });
    expect(house.published).toEqual([]);
  });
});
