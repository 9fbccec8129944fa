import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { SendMessageBody } from '../../contracts/chat.js';
import type { ModerationAction } from '../../contracts/tenants.js';
import { Turns } from '../../infrastructure/limits/turns.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { UserService } from '../user/user.service.js';
import { BannedWords } from './banned-words.js';
import { ConsentRequired, MessageRefused, SlowMode } from './chat.errors.js';
import type { Conversation } from './conversation.js';

/** What the company lets be said, and how fast. Asked before anything is stored. */
@Injectable()
export class SendRules {
  constructor(
    private readonly environments: EnvironmentService,
    private readonly turns: Turns,
    private readonly users: UserService,
  ) {}

  /** Says whether it has to wait for an agent. Throws as what is asked here. Last: it takes the sender's turn. */
  async admit(
    principal: Principal,
    conversation: Conversation,
    { content, clientMessageId }: Pick<SendMessageBody, 'content' | 'clientMessageId'>,
  ): Promise<{ isHeld: boolean }> {
    await this.assertConsented(principal);
    const verdict = await this.verdictOn(principal, content);
    if (verdict === 'refuse') throw new MessageRefused();
    await this.takeTurn(principal, conversation, clientMessageId);
    return { isHeld: verdict === 'hold' };
  }

  /** Of users, whatever their identity: nobody else writes of themselves. Throws ConsentRequired. */
  async assertConsented(principal: Principal): Promise<void> {
    if (principal.type !== 'user') return;
    const { environmentId, id } = principal;
    const environment = await this.environments.findById(environmentId);
    if (!environment?.settings.widget.consent.required) return;
    if (!(await this.users.hasConsented(environmentId, id))) throw new ConsentRequired();
  }

  /** What cannot be held: a subject, an edit. Throws MessageRefused for any banned word. */
  async checkWords(principal: Principal, text: string): Promise<void> {
    if ((await this.verdictOn(principal, text)) !== 'admit') throw new MessageRefused();
  }

  /** Before its conversation is there. Throws MessageRefused for what admit would not even hold. */
  async checkFirst(principal: Principal, text: string): Promise<void> {
    if ((await this.verdictOn(principal, text)) === 'refuse') throw new MessageRefused();
  }

  private async takeTurn(
    principal: Principal,
    conversation: Conversation,
    clientMessageId: string | undefined,
  ): Promise<void> {
    if (!isSlowed(principal, conversation)) return;
    const key = `slow-${conversation.id}-${principal.type}:${principal.id}`;
    // A repeat comes in the turn of the first try.
    const waitMs = await this.turns.take(key, clientMessageId ?? newId(), conversation.slowModeSeconds);
    if (waitMs > 0) throw new SlowMode(waitMs);
  }

  /** Of users only: agents may have to quote what they answer to. */
  private async verdictOn(principal: Principal, text: string): Promise<ModerationAction | 'admit'> {
    if (principal.type !== 'user' || text === '') return 'admit';
    const moderation = (await this.environments.findById(principal.environmentId))?.settings.moderation;
    if (!moderation || moderation.bannedWords.length === 0) return 'admit';
    return BannedWords.of(moderation.bannedWords).isIn(text) ? moderation.action : 'admit';
  }
}

/** In support it slows the users down, between agents all but the admins. */
function isSlowed(principal: Principal, { kind, slowModeSeconds }: Conversation): boolean {
  if (slowModeSeconds === 0) return false;
  if (kind === 'support') return principal.type === 'user';
  return principal.type === 'agent' && principal.role !== 'owner' && principal.role !== 'admin';
}
