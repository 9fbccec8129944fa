import { Injectable } from '@nestjs/common';
import type { MessageView } from '../../contracts/chat.js';
import { FileLinkService } from '../file/file-link.service.js';
import { toMessageView, type Message } from './message.js';

/** From messages to what clients see. Their files get fresh links each time. */
@Injectable()
export class MessageViews {
  constructor(private readonly links: FileLinkService) {}

  one(message: Message): MessageView {
    return toMessageView(message, (file) => this.links.attachmentView(file));
  }

  many(messages: readonly Message[]): MessageView[] {
    return messages.map((message) => this.one(message));
  }
}
