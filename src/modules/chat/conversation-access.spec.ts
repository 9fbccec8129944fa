import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { ConversationAccess } from './conversation-access.js';
import type { Conversation } from './conversation.js';
import { anAgent, aUser, theUserOf, aStamp } from './fakes/factories.fake.js';
import { aHouse, NOW, type House } from './fakes/house.fake.js';

const HIDDEN = { code: 'chat.not_found' };

describe(ConversationAccess.name, () => {
  let house: House;
  let access: ConversationAccess;
  let conversation: Conversation;

  beforeEach(async () => {
    house = aHouse();
    access = house.access;
    conversation = await house.add();
  });

  const aTeam = (memberIds: string[], kind: 'group' | 'channel' = 'group') =>
    house.add({
      kind,
      organizationId: conversation.organizationId,
      environmentId: null,
      user: null,
      memberIds,
    });

  it('shows it to whom it belongs', async () => {
    expect(await access.see(theUserOf(conversation), conversation.id)).toEqual(conversation);
  });

  it('hides what belongs to others, what is not there, and what cannot be', async () => {
    await access.see(theUserOf(conversation), conversation.id);
    for (const stranger of [aUser(), anAgent()]) {
      await expect(access.see(stranger, conversation.id)).rejects.toMatchObject(HIDDEN);
      await expect(access.write(stranger, conversation.id)).rejects.toMatchObject(HIDDEN);
    }
    const find = jest.spyOn(house.conversations, 'find');
    await expect(access.see(theUserOf(conversation), newId())).rejects.toMatchObject(HIDDEN);
    await expect(access.see(theUserOf(conversation), '{"$gt":""}')).rejects.toMatchObject(HIDDEN);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('lets nobody write in what is archived, and everybody read it', async () => {
    const member = anAgent({ organizationId: conversation.organizationId });
    const { id } = await aTeam([member.id]);
    await access.write(member, id);
    await house.conversations.archive(member, id, true, aStamp(NOW));
    access.forget(id);
    await expect(access.write(member, id)).rejects.toMatchObject({ code: 'chat.conversation_archived' });
    expect(await access.see(member, id)).toMatchObject({ archivedAt: NOW });
    expect(await access.belong(member, id)).toMatchObject({ archivedAt: NOW });
    await house.conversations.archive(member, id, false, aStamp(NOW));
    expect(await access.write(member, id)).toMatchObject({ archivedAt: null });
  });

  it('lets who is blocked read on, and write no more', async () => {
    const user = theUserOf(conversation);
    house.blockedIds.add(user.id);
    await expect(access.write(user, conversation.id)).rejects.toMatchObject({ code: 'chat.blocked' });
    expect(await access.see(user, conversation.id)).toEqual(conversation);
    await expect(access.write(user, newId())).rejects.toMatchObject(HIDDEN);
    house.blockedIds.delete(user.id);
    expect(await access.write(user, conversation.id)).toEqual(conversation);
  });

  it('asks the store once for what it may remember', async () => {
    const find = jest.spyOn(house.conversations, 'find');
    for (let count = 0; count < 3; count++) await access.write(theUserOf(conversation), conversation.id);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('lets in whoever was added a moment ago, however it was remembered', async () => {
    const [member, added] = [0, 1].map(() => anAgent({ organizationId: conversation.organizationId })) as [
      ReturnType<typeof anAgent>,
      ReturnType<typeof anAgent>,
    ];
    const { id } = await aTeam([member.id]);
    await access.see(member, id);
    await house.conversations.addMembers(member, id, [added.id], aStamp(NOW));
    expect((await access.write(added, id)).memberIds).toContain(added.id);
  });

  it('asks the store itself for what lasts', async () => {
    const member = anAgent({ organizationId: conversation.organizationId });
    const { id } = await aTeam([member.id]);
    await access.see(member, id);
    await house.conversations.removeMembers(
      { organizationId: member.organizationId },
      id,
      [member.id],
      aStamp(NOW),
    );
    await expect(access.seeNow(member, id)).rejects.toMatchObject(HIDDEN);
    await expect(access.see(member, id)).rejects.toMatchObject(HIDDEN);
  });

  it('forgets who belonged to a team within a second', async () => {
    const member = anAgent({ organizationId: conversation.organizationId });
    const { id } = await aTeam([member.id]);
    await access.see(member, id);
    await house.conversations.removeMembers(
      { organizationId: member.organizationId },
      id,
      [member.id],
      aStamp(NOW),
    );
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 1_000);
    await expect(access.see(member, id)).rejects.toMatchObject(HIDDEN);
    clock.mockRestore();
  });

  it('does not remember as new what was long on its way', async () => {
    const member = anAgent({ organizationId: conversation.organizationId });
    const { id } = await aTeam([member.id]);
    const team = (await house.conversations.find(member, id))!;
    const readAt = performance.now();
    await house.conversations.removeMembers(
      { organizationId: member.organizationId },
      id,
      [member.id],
      aStamp(NOW),
    );
    const clock = jest.spyOn(performance, 'now').mockReturnValue(readAt + 1_000);
    access.remember(team, readAt);
    await expect(access.see(member, id)).rejects.toMatchObject(HIDDEN);
    clock.mockRestore();
  });
});
