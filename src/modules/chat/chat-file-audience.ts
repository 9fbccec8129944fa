import { Injectable } from '@nestjs/common';
import { may } from '../../common/access/permissions.js';
import { scopeOf, type Principal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import type { Attached } from '../file/file.js';
import { FileAudience } from '../file/ports.js';
import { ConversationAccess } from './conversation-access.js';
import { isSeen, sightOf } from './message-sight.js';
import { MessageRepository } from './message.repository.js';

/** Whoever sees a message may see what was sent with it: nobody does before it is stored, or once it is deleted. */
@Injectable()
export class ChatFileAudience extends FileAudience {
  constructor(
    private readonly access: ConversationAccess,
    private readonly messages: MessageRepository,
  ) {
    super();
  }

  async maySee(principal: Principal, { to, conversationId, isPrivate }: Attached): Promise<boolean> {
    if (isPrivate && !may(principal, 'message.read-private')) return false;
    if (!(await this.seesConversation(principal, conversationId))) return false;
    // The message itself decides: it may be held, and let through later.
    const message = await this.messages.findByFiles(scopeOf(principal), conversationId, to);
    return message !== null && message.deletedAt === null && isSeen(sightOf(principal), message);
  }

  private async seesConversation(principal: Principal, conversationId: string): Promise<boolean> {
    try {
      await this.access.see(principal, conversationId);
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }
}
