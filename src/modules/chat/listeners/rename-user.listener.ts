import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { UserUpdated } from '../../user/user.events.js';
import { ConversationRepository } from '../conversation.repository.js';

/** Conversations carry the name of their user, so that lists need not look it up. */
@Injectable()
export class RenameUserListener {
  constructor(private readonly conversations: ConversationRepository) {}

  @OnDomainEvent('user.updated')
  async rename({ scope, user }: UserUpdated): Promise<void> {
    const { name, avatarUrl } = user.profile;
    if (name !== null) await this.conversations.renameUser(scope, user.id, { name, avatarUrl });
  }
}
