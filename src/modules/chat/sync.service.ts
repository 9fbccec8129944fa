import { Injectable } from '@nestjs/common';
import { scopeOf, type Principal, type UserPrincipal } from '../../common/access/principal.js';
import { isId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type { ConversationHead, SyncedConversation, SyncPoint } from '../../contracts/chat.js';
import { ACCESS_GOOD_FOR_MS } from './conversation-access.js';
import { canSee, type Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';
import { sightOf } from './message-sight.js';
import { MessageRepository, type SyncDelta } from './message.repository.js';
import { MessageViews } from './message-views.js';

const PAGE = 200;
const AFTER_RESET = 50;
const HELLO_HEADS = 100;

/** Brings a client up to date with any number of conversations: two round trips, three when one has to start anew. */
@Injectable()
export class SyncService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly views: MessageViews,
    private readonly config: AppConfig,
  ) {}

  async sync(principal: Principal, points: readonly SyncPoint[]): Promise<SyncedConversation[]> {
    const checkedAt = performance.now();
    const visible = await this.visibleOf(principal, points);
    const known = points.filter(({ id }) => visible.has(id));
    const options = { limit: PAGE + 1, ...sightOf(principal) };
    const from = known.map(({ id, afterSeq, afterRev }) => ({ conversationId: id, afterSeq, afterRev }));
    const deltas = await this.messages.deltas(scopeOf(principal), from, options);
    const answers = await Promise.all(
      points.map(async (point) => {
        const conversation = visible.get(point.id);
        const delta = deltas.get(point.id);
        return conversation && delta ? this.answer(principal, conversation, point, delta) : lost(point.id);
      }),
    );
    const isFresh = performance.now() - checkedAt < ACCESS_GOOD_FOR_MS;
    return isFresh ? answers : this.withoutLost(principal, points, answers);
  }

  /** The newest of a user's own conversations, for `hello`. */
  async headsOfUser(principal: UserPrincipal): Promise<ConversationHead[]> {
    const scope = { organizationId: principal.organizationId, environmentId: principal.environmentId };
    const ids = (await this.conversations.listIdsOfUser(scope, principal.id)).slice(0, HELLO_HEADS);
    return this.headsOf(principal, ids);
  }

  /** The caller has checked that the conversations may be seen. */
  async headsOf(principal: Principal, ids: readonly string[]): Promise<ConversationHead[]> {
    const heads = await this.messages.heads(scopeOf(principal), ids);
    return ids.map((id) => ({ id, ...(heads.get(id) ?? { headSeq: 0, headRev: 0 }) }));
  }

  private async visibleOf(
    principal: Principal,
    points: readonly SyncPoint[],
  ): Promise<Map<string, Conversation>> {
    const ids = points.map(({ id }) => id).filter(isId);
    const found = await this.conversations.findMany(scopeOf(principal), ids);
    return new Map(found.filter((one) => canSee(principal, one)).map((one) => [one.id, one]));
  }

  /** Whoever was removed while the answer was being made must not have in it what was said after. */
  private async withoutLost(
    principal: Principal,
    points: readonly SyncPoint[],
    answers: readonly SyncedConversation[],
  ): Promise<SyncedConversation[]> {
    const visible = await this.visibleOf(principal, points);
    return answers.map((answer) => (visible.has(answer.id) ? answer : lost(answer.id)));
  }

  private async answer(
    principal: Principal,
    conversation: Conversation,
    point: SyncPoint,
    delta: SyncDelta,
  ): Promise<SyncedConversation> {
    const { headSeq, headRev } = delta;
    const base = { id: point.id, headSeq, headRev, minSeq: conversation.minSeq, access: 'ok' as const };
    if (this.isUnprovable(conversation, point, delta))
      return { ...base, ...(await this.startAnew(principal, point.id)) };
    const hasMore = delta.messages.length > PAGE || delta.changes.length > PAGE;
    return {
      ...base,
      messages: this.views.many(delta.messages.slice(0, PAGE)),
      changes: this.views.many(delta.changes.slice(0, PAGE)),
      hasMore,
      reset: false,
    };
  }

  /** Too far behind, ahead of what exists (another life of the store), or from before what is kept. */
  private isUnprovable(
    conversation: Conversation,
    point: SyncPoint,
    { headSeq, headRev }: SyncDelta,
  ): boolean {
    const gap = Math.max(headSeq - point.afterSeq, headRev - point.afterRev);
    const isAhead = point.afterSeq > headSeq || point.afterRev > headRev;
    const isTrimmed = point.afterSeq + 1 < conversation.minSeq && point.afterSeq > 0;
    return gap > this.config.chat.syncGap || isAhead || isTrimmed;
  }

  private async startAnew(principal: Principal, conversationId: string) {
    const bounds = { limit: AFTER_RESET, ...sightOf(principal) };
    const newest = await this.messages.page(scopeOf(principal), conversationId, bounds);
    return { messages: this.views.many(newest), changes: [], hasMore: false, reset: true };
  }
}

function lost(id: string): SyncedConversation {
  return {
    id,
    messages: [],
    changes: [],
    headSeq: 0,
    headRev: 0,
    minSeq: 0,
    hasMore: false,
    reset: false,
    access: 'lost',
  };
}
