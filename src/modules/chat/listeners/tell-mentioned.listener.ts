import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import { Realtime } from '../../../infrastructure/realtime/realtime.js';
import { AgentService } from '../../agent/agent.service.js';
import type { MessageCreated, MessageUpdated } from '../chat.events.js';
import { scopeOfConversation } from '../conversation.js';
import { mentionedAgentIds } from '../mentions.js';
import { MessageRepository } from '../message.repository.js';
import { agentRoom } from '../notification/agent-room.js';
import { noticeOf } from '../notification/notice.js';
import { lineOf } from '../notification/notice-words.js';
import { quietUntil } from '../notification/quiet-hours.js';

/** Once for each message and person, however often the message is delivered or edited. */
@Injectable()
export class TellMentionedListener {
  constructor(
    private readonly messages: MessageRepository,
    private readonly agents: AgentService,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
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
    const listening = await this.listeningAmong(news, { conversation, message });
    for (const [language, alike] of Map.groupBy(listening, (agent) => agent.language)) {
      const rooms = alike.map(({ id }) => agentRoom(conversation, id));
      const text = lineOf('mention', message, language);
      this.realtime.emit(rooms, 'notification', { kind: 'mention', conversationId: conversation.id, text });
    }
  }

  private async listeningAmong(ids: readonly string[], { conversation, message }: MessageCreated) {
    const now = this.clock.now();
    const agents = await this.agents.listActive(conversation.organizationId);
    return agents.filter(
      (agent) =>
        ids.includes(agent.id) &&
        noticeOf(agent, conversation, message, now) === 'mention' &&
        !quietUntil(agent.notifications.quietHours, agent.timeZone, now),
    );
  }
}
