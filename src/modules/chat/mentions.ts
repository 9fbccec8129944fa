import { Injectable } from '@nestjs/common';
import { isId } from '../../common/ids.js';
import type { ConversationKind } from '../../contracts/chat.js';
import type { PrincipalRef } from '../../contracts/common.js';
import { AgentService } from '../agent/agent.service.js';
import { InvalidMessage, MentionUnknown } from './chat.errors.js';
import type { Conversation } from './conversation.js';
import type { Message } from './message.js';

/** Where somebody is mentioned: what has to be known of a conversation, also of one that is not there yet. */
export interface MentionPlace {
  organizationId: string;
  kind: ConversationKind;
  /** Support: its user. */
  userId: string | null;
}

interface Mentioned {
  mentions?: readonly PrincipalRef[];
  mentionsAll?: boolean;
}

/** Who may be mentioned: agents of the organization, and the user whose conversation it is. */
@Injectable()
export class Mentions {
  constructor(private readonly agents: AgentService) {}

  /** Throws MentionUnknown for anybody else, InvalidMessage where there is no all. */
  async assertKnown(place: MentionPlace, { mentions = [], mentionsAll }: Mentioned): Promise<void> {
    if (mentionsAll && place.kind !== 'group' && place.kind !== 'channel') {
      throw new InvalidMessage('mentionsAll', 'is for groups and channels only');
    }
    const known = await Promise.all(mentions.map((who) => this.isKnown(place, who)));
    if (!known.every(Boolean)) throw new MentionUnknown();
  }

  private async isKnown(
    { organizationId, userId }: MentionPlace,
    { type, id }: PrincipalRef,
  ): Promise<boolean> {
    if (type === 'user') return id === userId;
    return isId(id) && (await this.agents.findActive(organizationId, id)) !== null;
  }
}

export function placeOf({ organizationId, kind, user }: Conversation): MentionPlace {
  return { organizationId, kind, userId: user?.id ?? null };
}

/** Each person once, in the order in which they were named. */
export function distinct(mentions: readonly PrincipalRef[] = []): PrincipalRef[] {
  return [...new Map(mentions.map(({ type, id }) => [`${type}:${id}`, { type, id }])).values()];
}

/** The agents whom a message means and who may see it; never who wrote it. */
export function mentionedAgentIds(conversation: Conversation, message: Message): string[] {
  if (message.deletedAt !== null || message.held || message.type === 'system') return [];
  const named = message.mentions.filter(({ type }) => type === 'agent').map(({ id }) => id);
  const meant = new Set([...named, ...(message.mentionsAll ? conversation.memberIds : [])]);
  if (message.sender.type === 'agent') meant.delete(message.sender.id);
  const isForAll = conversation.kind === 'support' || conversation.visibility === 'public';
  return [...meant].filter((id) => isForAll || conversation.memberIds.includes(id));
}
