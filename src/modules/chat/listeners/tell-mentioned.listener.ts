import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import { Realtime } from '../../../infrastructure/realtime/realtime.js';
import { memberRoom, principalRoom } from '../../../infrastructure/realtime/rooms.js';
import type { MessageCreated, MessageUpdated } from '../chat.events.js';
import { scopeOfConversation, type Conversation } from '../conversation.js';
import { mentionedAgentIds } from '../mentions.js';
import { previewOf } from '../message.js';
import { MessageRepository } from '../message.repository.js';

/** Once for each message and person, however often the message is delivered or edited. */
@Injectable()
export class TellMentionedListener {
  constructor(
    private readonly messages: MessageRepository,
    private readonly realtime: Realtime,
  ) {}

  @OnDomainEvent('message.created')
  tellOfMessage(event: MessageCreated): Promise<void> {
    return this.tell(event);
  }

  @OnDomainEvent('message.updated')
  tellOfChange(event: MessageUpdated): Promise<void> {
    return this.tell(event);
  }

  private async tell({ conversation, message }: MessageCreated): Promise<void> {
    const agentIds = mentionedAgentIds(conversation, message);
    if (agentIds.length === 0) return;
    const scope = scopeOfConversation(conversation);
    const news = await this.messages.claimMentions(scope, conversation.id, message.id, agentIds);
    if (news.length === 0) return;
    const rooms = news.map((id) => roomOf(conversation, id));
    const text = `${message.sender.name}: ${previewOf(message.content)}`;
    this.realtime.emit(rooms, 'notification', { kind: 'mention', conversationId: conversation.id, text });
  }
}

/** A member's room, where there is one, is deaf as soon as the member has left. */
function roomOf(conversation: Conversation, agentId: string): string {
  const isMember = conversation.kind !== 'support' && conversation.memberIds.includes(agentId);
  return isMember ? memberRoom(conversation, agentId) : principalRoom({ type: 'agent', id: agentId });
}
