import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { House } from '../organization/fakes/house.fake.js';
import { SavedReplyNotFound, ShortcutTaken, TooManyReplies } from './desk.errors.js';
import { InMemorySavedReplyRepository } from './fakes/in-memory-saved-reply.repository.fake.js';
import { SavedReplyService } from './saved-reply.service.js';

const TEXT = { title: 'Title', content: 'Content' };

describe(SavedReplyService.name, () => {
  let house: House;
  let replies: SavedReplyService;
  let agent: AgentPrincipal;

  beforeEach(async () => {
    house = new House();
    agent = await house.anAdmin('agent');
    const repository = new InMemorySavedReplyRepository();
    replies = new SavedReplyService(repository, house.organizations, house.unitOfWork, house.clock);
  });

  it('makes, changes and removes one, and puts each on record', async () => {
    const { id } = await replies.create(agent, { shortcut: 'refund', ...TEXT });
    house.pass(1_000);
    const changed = await replies.update(agent, id, { content: '네' });
    expect(changed).toMatchObject({ shortcut: 'refund', content: '네', updatedAt: house.now });
    await replies.remove(agent, id);
    await expect(replies.remove(agent, id)).rejects.toBeInstanceOf(SavedReplyNotFound);
    const deeds = ['saved-reply.create', 'saved-reply.update', 'saved-reply.remove'];
    expect(house.deedsIn(agent.organizationId)).toEqual(deeds);
  });

  it('is not found by another tenant', async () => {
    const { id } = await replies.create(agent, { shortcut: 'refund', ...TEXT });
    const stranger = await house.anAdmin();
    await expect(replies.update(stranger, id, { title: 'X' })).rejects.toBeInstanceOf(SavedReplyNotFound);
    await expect(replies.remove(stranger, id)).rejects.toBeInstanceOf(SavedReplyNotFound);
  });

  it('has a shortcut once, and at most a thousand', async () => {
    await replies.create(agent, { shortcut: 'refund', ...TEXT });
    await expect(replies.create(agent, { shortcut: 'refund', ...TEXT })).rejects.toBeInstanceOf(
      ShortcutTaken,
    );
    for (let count = 1; count < 1_000; count++)
      await replies.create(agent, { shortcut: `reply-${count}`, ...TEXT });
    await expect(replies.create(agent, { shortcut: 'more', ...TEXT })).rejects.toBeInstanceOf(TooManyReplies);
  });
});
