import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { SendMessageBody } from '../../contracts/chat.js';
import { Turns } from '../../infrastructure/limits/turns.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { BannedWords } from './banned-words.js';
import { MessageRefused, SlowMode } from './chat.errors.js';
import type { Conversation } from './conversation.js';

/** What the company lets be said, and how fast. Asked before anything is stored. */
@Injectable()
export class SendRules {
  constructor(
    private readonly environments: EnvironmentService,
    private readonly turns: Turns,
  ) {}

  /** Throws MessageRefused, SlowMode. Last among the checks: it takes the sender's turn. */
  async admit(
    principal: Principal,
    conversation: Conversation,
    { content, clientMessageId }: Pick<SendMessageBody, 'content' | 'clientMessageId'>,
  ): Promise<void> {
    await this.checkWords(principal, content);
    if (!isSlowed(principal, conversation)) return;
    const key = `slow-${conversation.id}-${principal.type}:${principal.id}`;
    // A repeat comes in the turn of the first try.
    const waitMs = await this.turns.take(key, clientMessageId ?? newId(), conversation.slowModeSeconds);
    if (waitMs > 0) throw new SlowMode(waitMs);
  }

  /** Of users only: agents may have to quote what they answer to. */
  async checkWords(principal: Principal, text: string): Promise<void> {
    if (principal.type !== 'user') return;
    const environment = await this.environments.findById(principal.environmentId);
    const bannedWords = environment?.settings.moderation.bannedWords ?? [];
    if (bannedWords.length > 0 && BannedWords.of(bannedWords).isIn(text)) throw new MessageRefused();
  }
}

/** In support it slows the users down, between agents all but the admins. */
function isSlowed(principal: Principal, { kind, slowModeSeconds }: Conversation): boolean {
  if (slowModeSeconds === 0) return false;
  if (kind === 'support') return principal.type === 'user';
  return principal.type === 'agent' && principal.role !== 'owner' && principal.role !== 'admin';
}
