import { Injectable } from '@nestjs/common';
import { scopeOf, type Principal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { isId } from '../../common/ids.js';
import type { MessageHistory, MessageView } from '../../contracts/chat.js';
import { ConversationAccess } from './conversation-access.js';
import { InvalidMessage } from './chat.errors.js';
import { isSeen, sightOf } from './message-sight.js';
import type { Message } from './message.js';
import { MessageRepository, type PageBounds } from './message.repository.js';
import { MessageViews } from './message-views.js';

export interface HistoryBounds extends PageBounds {
  /** The page has this number in its middle, whether there is such a message or not. */
  aroundSeq?: number;
}

export const UNKNOWN_ANSWERED = 'The message that this one answers is not here.';

interface HistoryPage {
  found: Message[];
  hasMore: boolean;
  hasNewer?: boolean;
}

/** What has been said, to be read page by page. */
@Injectable()
export class MessageHistoryService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly messages: MessageRepository,
    private readonly views: MessageViews,
  ) {}

  /** Throws NotFound. */
  async page(principal: Principal, conversationId: string, bounds: HistoryBounds): Promise<MessageHistory> {
    const checkedAt = performance.now();
    const conversation = await this.access.see(principal, conversationId);
    const [{ found, ...more }, heads] = await Promise.all([
      this.read(principal, conversationId, bounds),
      this.messages.heads(scopeOf(principal), [conversationId]),
      bounds.threadRootId !== undefined && this.visible(principal, conversationId, bounds.threadRootId),
    ]);
    await this.access.stillSee(principal, conversation, checkedAt);
    const headSeq = heads.get(conversationId)?.headSeq ?? 0;
    return { items: this.views.many(found), headSeq, minSeq: conversation.minSeq, ...more };
  }

  /** Throws NotFound also when it exists for others. */
  async one(principal: Principal, conversationId: string, messageId: string): Promise<MessageView> {
    const checkedAt = performance.now();
    const conversation = await this.access.see(principal, conversationId);
    const found = await this.visible(principal, conversationId, messageId, 'There is no such message here.');
    await this.access.stillSee(principal, conversation, checkedAt);
    return this.views.one(found);
  }

  /** Of a conversation that the principal was found to see. Throws NotFound also when it exists for others. */
  async visible(
    principal: Principal,
    conversationId: string,
    id: string,
    otherwise = UNKNOWN_ANSWERED,
  ): Promise<Message> {
    const found = isId(id) ? await this.messages.find(scopeOf(principal), conversationId, id) : null;
    if (!found || !isSeen(sightOf(principal), found)) throw new NotFound('chat', otherwise);
    return found;
  }

  private async read(
    principal: Principal,
    conversationId: string,
    { aroundSeq, ...bounds }: HistoryBounds,
  ): Promise<HistoryPage> {
    if (aroundSeq === undefined) return this.readOneWay(principal, conversationId, bounds);
    if (bounds.beforeSeq !== undefined || bounds.afterSeq !== undefined) {
      throw new InvalidMessage('aroundSeq', 'stands alone, without beforeSeq and afterSeq');
    }
    const newerLimit = Math.floor(bounds.limit / 2);
    const [older, newer] = await Promise.all([
      this.readOneWay(principal, conversationId, {
        ...bounds,
        beforeSeq: aroundSeq + 1,
        limit: bounds.limit - newerLimit,
      }),
      this.readOneWay(principal, conversationId, { ...bounds, afterSeq: aroundSeq, limit: newerLimit }),
    ]);
    return { found: [...older.found, ...newer.found], hasMore: older.hasMore, hasNewer: newer.hasMore };
  }

  /** One more than is wanted says whether there is more. */
  private async readOneWay(
    principal: Principal,
    conversationId: string,
    { limit, ...bounds }: PageBounds,
  ): Promise<HistoryPage> {
    const asked = { ...bounds, limit: limit + 1, ...sightOf(principal) };
    const found = await this.messages.page(scopeOf(principal), conversationId, asked);
    const hasMore = found.length > limit;
    const isForward = bounds.afterSeq !== undefined;
    return { found: isForward ? found.slice(0, limit) : found.slice(hasMore ? 1 : 0), hasMore };
  }
}
