import { Injectable } from '@nestjs/common';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { outlasting } from '../../common/errors/outlasting.js';
import { FileService } from '../file/file.service.js';
import { UserContentEraser, UserContentExporter, type ErasedContent } from '../user/ports.js';
import { ConversationAccess } from './conversation-access.js';
import { ConversationContent } from './conversation-content.js';
import { ConversationRepository } from './conversation.repository.js';
import { MessageRepository } from './message.repository.js';
import { MessageViews } from './message-views.js';

const PAGE = 500;

/**
 * What was said goes first: an interrupted run finds the conversations again and goes on. And once more at the end: until
 * its conversation is gone, a message may be sent and be done with. What is sent after that, whoever took it erases.
 */
@Injectable()
export class ChatContentEraser extends UserContentEraser {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly content: ConversationContent,
    private readonly access: ConversationAccess,
    private readonly files: FileService,
  ) {
    super();
  }

  async erase(scope: EnvironmentScope, userId: string): Promise<ErasedContent> {
    const ids = await this.conversations.listIdsOfUser(scope, userId);
    const messages = await this.content.erase(scope, ids);
    await this.files.removeOfUser(scope, userId);
    await this.conversations.eraseOfUser(scope, userId);
    for (const id of ids) this.access.forget(id);
    const late = await this.content.erase(scope, ids);
    return { conversations: ids.length, messages: messages + late };
  }
}

/**
 * A line for each conversation, then a line for each of its messages. Notes between agents are not the user's, and
 * what waits to be checked is not said yet.
 */
@Injectable()
export class ChatContentExporter extends UserContentExporter {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly views: MessageViews,
  ) {
    super();
  }

  async *export(scope: EnvironmentScope, userId: string): AsyncIterable<object> {
    const ids = await this.conversations.listIdsOfUser(scope, userId);
    for (const conversation of await this.conversations.findMany(scope, ids)) {
      const { id, subject, status, createdAt, metadata } = conversation;
      yield { conversation: { id, subject, status, metadata, createdAt: createdAt.toISOString() } };
      yield* this.messagesOf(scope, id);
    }
  }

  private async *messagesOf(scope: EnvironmentScope, conversationId: string): AsyncIterable<object> {
    for (let afterSeq = 0; ;) {
      const bounds = { afterSeq, limit: PAGE, seesPrivate: false, seesHeld: false };
      const page = await outlasting(() => this.messages.page(scope, conversationId, bounds));
      for (const message of page) yield { message: this.views.one(message) };
      if (page.length < PAGE) return;
      afterSeq = page.at(-1)!.seq;
    }
  }
}
