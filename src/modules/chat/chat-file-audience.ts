import { Injectable } from '@nestjs/common';
import { may } from '../../common/access/permissions.js';
import type { Principal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { FileAudience } from '../file/ports.js';
import { ConversationAccess } from './conversation-access.js';

/** Whoever may see a conversation may see what was sent in it; what is in a note, only who reads notes. */
@Injectable()
export class ChatFileAudience extends FileAudience {
  constructor(private readonly access: ConversationAccess) {
    super();
  }

  async maySee(principal: Principal, conversationId: string, isPrivate: boolean): Promise<boolean> {
    if (isPrivate && !may(principal, 'message.read-private')) return false;
    try {
      await this.access.see(principal, conversationId);
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }
}
