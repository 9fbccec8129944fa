import { Injectable } from '@nestjs/common';
import { may } from '../../common/access/permissions.js';
import { scopeOf, type Principal } from '../../common/access/principal.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import { decodeCursor, toPage } from '../../common/http/page.js';
import type { MessageView } from '../../contracts/chat.js';
import type { Page } from '../../contracts/common.js';
import { ConversationAccess } from './conversation-access.js';
import { MessageRepository } from './message.repository.js';
import { MessageViews } from './message-views.js';

const A_SEQ = /^\d{1,15}$/;

/** What a conversation keeps at hand. */
@Injectable()
export class MessagePinsService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly messages: MessageRepository,
    private readonly views: MessageViews,
  ) {}

  /** Newest first; in the order in which they were said, not pinned. Throws NotFound. */
  async list(
    principal: Principal,
    conversationId: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<MessageView>> {
    const checkedAt = performance.now();
    const beforeSeq = seqOf(cursor);
    const conversation = await this.access.see(principal, conversationId);
    const found = await this.messages.listPinned(scopeOf(principal), conversationId, {
      beforeSeq,
      limit: limit + 1,
      seesPrivate: may(principal, 'message.read-private'),
    });
    await this.access.stillSee(principal, conversation, checkedAt);
    const { items, nextCursor } = toPage(found, limit, ({ seq }) => [String(seq)]);
    return { items: this.views.many(items), nextCursor };
  }
}

function seqOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const [seq = ''] = decodeCursor(cursor, 1);
  if (A_SEQ.test(seq)) return Number(seq);
  throw new ValidationFailed([{ path: 'cursor', message: 'is not a cursor from an earlier page' }]);
}
