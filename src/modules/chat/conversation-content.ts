import { Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/principal.js';
import { FileService } from '../file/file.service.js';
import { MarkerRepository } from './marker.repository.js';
import { MessageRepository } from './message.repository.js';
import { NoticeRepository } from './notification/notice.repository.js';
import { MessageIndex } from './search/message-index.js';

/** All that is kept of conversations beside themselves. */
@Injectable()
export class ConversationContent {
  constructor(
    private readonly messages: MessageRepository,
    private readonly index: MessageIndex,
    private readonly files: FileService,
    private readonly markers: MarkerRepository,
    private readonly notices: NoticeRepository,
  ) {}

  /** Answers how many messages that was. May be repeated. */
  async erase(scope: Scope, conversationIds: readonly string[]): Promise<number> {
    const messages = await this.messages.eraseAll(scope, conversationIds);
    await this.index.removeConversations(scope, conversationIds);
    await this.files.removeOfConversations(scope, conversationIds);
    await this.markers.eraseAll(scope, conversationIds);
    await this.notices.eraseAll(scope, conversationIds);
    return messages;
  }
}
