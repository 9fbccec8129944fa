import { Injectable } from '@nestjs/common';
import { scopeOf, type AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { afterIdOf } from '../../common/http/id-cursor.js';
import { toPage } from '../../common/http/page.js';
import { isId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type { ChangedMessage, HeldMessageView, MessageRef, ReviewDecision } from '../../contracts/chat.js';
import type { Page } from '../../contracts/common.js';
import { ConversationAccess } from './conversation-access.js';
import { canSee, placeViewOf } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';
import { linksIn } from './link-preview.js';
import { approveBy, rejectBy } from './message-change.js';
import { MessageEffects } from './message-effects.js';
import { intentsOf } from './message-outbox.js';
import type { Message, OutboxIntent } from './message.js';
import { MessageRepository } from './message.repository.js';
import { MessageViews } from './message-views.js';
import { OutwardMessages } from './outward-messages.js';

export interface HeldListing {
  environmentId?: string;
  limit: number;
  cursor?: string;
}

/** What waits for an agent because of its words, and what becomes of it. */
@Injectable()
export class HeldMessageService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly effects: MessageEffects,
    private readonly views: MessageViews,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly outward: OutwardMessages,
  ) {}

  /** Newest first. Two round trips for a page. */
  async list(principal: AgentPrincipal, listing: HeldListing): Promise<Page<HeldMessageView>> {
    const { environmentId, limit } = listing;
    const scope = scopeOf(principal, environmentId);
    const found = await this.messages.listHeld(scope, { beforeId: afterIdOf(listing), limit: limit + 1 });
    const page = toPage(found, limit, ({ id }) => [id]);
    const ids = [...new Set(page.items.map(({ conversationId }) => conversationId))];
    const places = new Map((await this.conversations.findMany(scope, ids)).map((one) => [one.id, one]));
    const items = page.items.flatMap((message) => {
      const place = places.get(message.conversationId);
      if (!place || !canSee(principal, place)) return [];
      return [{ message: this.views.one(message), conversation: placeViewOf(place) }];
    });
    return { ...page, items };
  }

  /** Repeated, it changes nothing. Throws NotFound, MessageNotHeld, and MessageDeleted for what is to be approved. */
  async review(
    principal: AgentPrincipal,
    { conversationId, messageId }: MessageRef,
    decision: ReviewDecision,
  ): Promise<ChangedMessage> {
    const conversation = await this.access.write(principal, conversationId);
    const scope = scopeOf(principal);
    const held = isId(messageId) ? await this.messages.find(scope, conversationId, messageId) : null;
    if (!held) throw new NotFound('chat');
    const by = { type: principal.type, id: principal.id };
    const isApproval = decision === 'approve';
    const rule = isApproval ? approveBy(by, this.clock.now()) : rejectBy(by, this.clock.now());
    const isOutward = isApproval && (await this.outward.isWanted(held.environmentId, 'webhook'));
    const outbox = isApproval ? this.approvalOf(held, isOutward) : [this.soon('change')];
    const result = await this.messages.change(scope, conversationId, messageId, rule, outbox);
    if (!result) throw new NotFound('chat');
    const { message, changed } = result;
    if (changed && isApproval) this.effects.deliverApproval(conversation, message, message.rev, isOutward);
    if (changed && !isApproval) this.effects.deliverChange(conversation, message);
    return { message: this.views.one(message) };
  }

  /** All that would have followed when it was said. The links are the worker's, which also knows the setting. */
  private approvalOf(held: Message, isOutward: boolean): OutboxIntent[] {
    const now = this.clock.now();
    const intents = [this.soon('approval'), ...intentsOf({ ...held, held: false }, this.config.chat, now)];
    if (isOutward) intents.push(this.soon('webhook'));
    return linksIn(held.content).length > 0 ? [...intents, { task: 'preview', due: now }] : intents;
  }

  private soon(task: OutboxIntent['task']): OutboxIntent {
    return { task, due: new Date(this.clock.now().getTime() + this.config.chat.outboxLeaseMs) };
  }
}
