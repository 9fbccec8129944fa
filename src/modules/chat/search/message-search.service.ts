import { Injectable } from '@nestjs/common';
import { may } from '../../../common/access/permissions.js';
import { scopeOf, type Principal } from '../../../common/access/principal.js';
import { ValidationFailed } from '../../../common/errors/common.errors.js';
import { decodeCursor, toPage } from '../../../common/http/page.js';
import type { LimitState } from '../../../common/http/rate-headers.js';
import { isId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import type { ConversationKind, FoundMessageView } from '../../../contracts/chat.js';
import type { Page } from '../../../contracts/common.js';
import { RateLimits } from '../../../infrastructure/limits/rate-limits.js';
import { ConversationAccess } from '../conversation-access.js';
import { canSee, placeViewOf, type Conversation } from '../conversation.js';
import { ConversationRepository } from '../conversation.repository.js';
import type { Message } from '../message.js';
import { MessageRepository } from '../message.repository.js';
import { MessageViews } from '../message-views.js';
import { gramsOfTerms } from './grams.js';
import { MessageIndex, type FoundMessage, type FoundPlace, type Reach } from './message-index.js';
import { parseQuery, saysAll, snippetOf } from './search-terms.js';

export interface SearchRequest {
  query: string;
  conversationId?: string;
  senderId?: string;
  kind?: ConversationKind;
  from?: string;
  to?: string;
  limit: number;
  cursor?: string;
}

/**
 * The index says where to look, within what the caller may see; the messages and conversations as they are now say
 * what is shown.
 */
@Injectable()
export class MessageSearchService {
  constructor(
    private readonly index: MessageIndex,
    private readonly messages: MessageRepository,
    private readonly views: MessageViews,
    private readonly conversations: ConversationRepository,
    private readonly access: ConversationAccess,
    private readonly limits: RateLimits,
    private readonly config: AppConfig,
  ) {}

  /** Takes one point of the caller's budget for searching. */
  limitSearching({ type, id }: Principal): Promise<LimitState> {
    return this.limits.consumeNearby('search', `${type}:${id}`, this.config.chat.searchesPerMinute);
  }

  async search(principal: Principal, request: SearchRequest): Promise<Page<FoundMessageView>> {
    const terms = termsOf(request);
    const { conversationId, senderId, kind, limit } = request;
    if (conversationId !== undefined) await this.access.seeNow(principal, conversationId);
    const found = await this.index.search(scopeOf(principal), {
      reach: await this.reachOf(principal),
      seesPrivate: may(principal, 'message.read-private'),
      terms,
      ...{ conversationId, senderId, kind },
      ...timesOf(request),
      after: placeOf(request.cursor),
      limit: limit + 1,
    });
    const page = toPage(found, limit, ({ createdAt, messageId }) => [createdAt.toISOString(), messageId]);
    return { ...page, items: await this.shown(principal, page.items, terms) };
  }

  private async reachOf(principal: Principal): Promise<Reach> {
    if (principal.type === 'user') return { userId: principal.id };
    if (principal.type === 'partner') return { teamIds: [] };
    return { teamIds: await this.conversations.listTeamIds(scopeOf(principal), principal.id) };
  }

  /** From the stores that decide: what was deleted, changed or closed to the caller in the last moment is left out. */
  private async shown(
    principal: Principal,
    found: readonly FoundMessage[],
    terms: readonly string[],
  ): Promise<FoundMessageView[]> {
    if (found.length === 0) return [];
    const scope = scopeOf(principal);
    const messages = await this.messages.findMany(
      scope,
      found.map(({ messageId }) => messageId),
    );
    const ids = [...new Set(messages.map(({ conversationId }) => conversationId))];
    // Read after the messages: whoever was removed while they were read sees none of them.
    const conversations = await this.conversations.findMany(scope, ids);
    const messageOf = new Map(messages.map((message) => [message.id, message]));
    const conversationOf = new Map(conversations.map((conversation) => [conversation.id, conversation]));
    return found.flatMap(({ messageId }) => {
      const message = messageOf.get(messageId);
      const conversation = message && conversationOf.get(message.conversationId);
      if (!conversation || !isShown(principal, conversation, message, terms)) return [];
      return [this.toFoundView(conversation, message, terms)];
    });
  }

  private toFoundView(
    conversation: Conversation,
    message: Message,
    terms: readonly string[],
  ): FoundMessageView {
    return {
      message: this.views.one(message),
      conversation: placeViewOf(conversation),
      snippet: snippetOf(message.content, terms),
    };
  }
}

function isShown(
  principal: Principal,
  conversation: Conversation,
  message: Message,
  terms: readonly string[],
): boolean {
  return (
    canSee(principal, conversation) &&
    (!message.private || may(principal, 'message.read-private')) &&
    !message.held &&
    message.deletedAt === null &&
    message.seq >= conversation.minSeq &&
    saysAll(message.content, terms)
  );
}

function termsOf({ query }: SearchRequest): string[] {
  const terms = parseQuery(query);
  if (gramsOfTerms(terms).length === 0) throw invalid('query', 'must have a letter or a digit to look for');
  return terms;
}

function timesOf({ from, to }: SearchRequest): { from?: Date; to?: Date } {
  return {
    from: from === undefined ? undefined : timeOf('from', from),
    to: to === undefined ? undefined : timeOf('to', to),
  };
}

/** Some of what looks like a time is none, such as a thirtieth of February, or is beyond what the store can hold. */
function timeOf(path: string, text: string): Date {
  const time = new Date(text);
  const year = time.getUTCFullYear();
  if (!(year >= 1970 && year <= 9999)) throw invalid(path, 'must be a time between 1970 and 9999');
  return time;
}

function placeOf(cursor: string | undefined): FoundPlace | undefined {
  if (cursor === undefined) return undefined;
  const [time = '', messageId = ''] = decodeCursor(cursor, 2);
  if (!isId(messageId) || Number.isNaN(Date.parse(time))) {
    throw invalid('cursor', 'is not a cursor from an earlier page');
  }
  return { createdAt: timeOf('cursor', time), messageId };
}

function invalid(path: string, message: string): ValidationFailed {
  return new ValidationFailed([{ path, message }]);
}
