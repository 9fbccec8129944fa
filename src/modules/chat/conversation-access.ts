import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { scopeOf, type Principal, type UserPrincipal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { isId } from '../../common/ids.js';
import { UserService } from '../user/user.service.js';
import { Blocked, ConversationArchived, NotParticipant } from './chat.errors.js';
import { canSee, canWrite, type Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';

/** What was allowed is shown without another question for so long; a removal is felt within a second. */
export const ACCESS_GOOD_FOR_MS = 500;
/** Who belongs to a support conversation never changes; who belongs to the others may end at any moment. */
const SUPPORT_MS = 5_000;
const TEAM_MS = 500;

/**
 * The check before everything else, for each message anew. What it remembers for a moment keeps the usual send
 * at one write; status, counters and summaries in it may be behind and decide nothing.
 */
@Injectable()
export class ConversationAccess {
  private readonly known = new LRUCache<string, Conversation>({ max: 20_000, ttl: SUPPORT_MS });

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly users: UserService,
  ) {}

  /** Throws NotFound also when it exists for others: existence is private. */
  async see(principal: Principal, conversationId: string): Promise<Conversation> {
    const conversation = await this.load(principal, conversationId, canSee);
    if (!conversation || !canSee(principal, conversation)) throw new NotFound('chat');
    return conversation;
  }

  /** As belong, and throws ConversationArchived where nobody writes any more. */
  async write(principal: Principal, conversationId: string): Promise<Conversation> {
    const conversation = await this.belong(principal, conversationId, canWriteNow);
    if (conversation.archivedAt) throw new ConversationArchived();
    return conversation;
  }

  /** As see, and throws NotParticipant where only members may write, Blocked when the user may not any more. */
  async belong(principal: Principal, conversationId: string, mayDoIt = canWrite): Promise<Conversation> {
    const conversation = await this.load(principal, conversationId, mayDoIt);
    if (!conversation || !canSee(principal, conversation)) throw new NotFound('chat');
    if (!canWrite(principal, conversation)) throw new NotParticipant();
    if (principal.type === 'user') await this.assertNotBlocked(principal);
    return conversation;
  }

  /** Throws Blocked. */
  async assertNotBlocked({ environmentId, id }: UserPrincipal): Promise<void> {
    if (await this.users.isBlocked(environmentId, id)) throw new Blocked();
  }

  /** As see, from the store itself: for what lasts longer than the moment that this remembers. */
  async seeNow(principal: Principal, conversationId: string): Promise<Conversation> {
    this.forget(conversationId);
    return this.see(principal, conversationId);
  }

  /** For an answer that was begun at `checkedAt` by the steady clock: asks again when it was long in the making. */
  async stillSee(principal: Principal, { id }: Conversation, checkedAt: number): Promise<void> {
    if (performance.now() - checkedAt > ACCESS_GOOD_FOR_MS) await this.seeNow(principal, id);
  }

  /** `readAt`: when the store was asked for it, by this process's steady clock. What was long on its way is old. */
  remember(conversation: Conversation, readAt = performance.now()): void {
    const ttl = conversation.kind === 'support' ? SUPPORT_MS : TEAM_MS;
    this.known.set(conversation.id, conversation, { ttl, start: readAt });
  }

  forget(conversationId: string): void {
    this.known.delete(conversationId);
  }

  /** Only a yes is taken from memory: whoever was just let in, on whatever node, is not refused by it. */
  private async load(principal: Principal, id: string, mayDoIt: typeof canSee): Promise<Conversation | null> {
    const known = this.known.get(id);
    if (known && mayDoIt(principal, known)) return known;
    if (!isId(id)) return null;
    const readAt = performance.now();
    const found = await this.conversations.find({ organizationId: scopeOf(principal).organizationId }, id);
    if (found) this.remember(found, readAt);
    return found;
  }
}

function canWriteNow(principal: Principal, conversation: Conversation): boolean {
  return conversation.archivedAt === null && canWrite(principal, conversation);
}
