import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type { SystemEvent } from '../../contracts/chat.js';
import { AgentService } from '../agent/agent.service.js';
import { TeamService } from '../agent/team.service.js';
import {
  agentIdsIn,
  isForAgentsOnly,
  isSaid,
  SYSTEM,
  teamIdsIn,
  type SaidEvent,
} from './conversation-event.js';
import { ConversationRepository } from './conversation.repository.js';
import { scopeOfConversation, type Conversation } from './conversation.js';
import { MessageEffects } from './message-effects.js';
import type { MessageDraft, OutboxIntent } from './message.js';
import { noticeIntentsOf } from './message-outbox.js';
import { MessageRepository } from './message.repository.js';
import { OutwardConversations } from './outward-conversations.js';
import { sentenceOf, toSystemEvent, type Names } from './system-event.js';

/**
 * Says in a conversation what was done to it, and has it told outside. The events wait on the conversation until they are said; each is said
 * under its own id, so that a node that dies in between, or two that say it at once, make one message of it.
 */
@Injectable()
export class ConversationLog {
  private readonly logger = new Logger(ConversationLog.name);

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly effects: MessageEffects,
    private readonly agents: AgentService,
    private readonly teams: TeamService,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly outward: OutwardConversations,
  ) {}

  /** Never rejects: what was done is done, and the relay says what could not be said. */
  async write(conversation: Conversation | null): Promise<void> {
    try {
      if (conversation) await this.say(conversation);
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'an event waits for the relay to say it');
    }
  }

  /** In the order in which they happened. */
  async say(conversation: Conversation): Promise<void> {
    const { events } = conversation;
    if (events.length === 0) return;
    const names = await this.namesFor(conversation);
    const scope = scopeOfConversation(conversation);
    for (const event of events.filter(isSaid)) {
      const { message, repeated } = await this.messages.append(scope, this.draft(conversation, event, names));
      if (!repeated) this.effects.deliver(conversation, message);
    }
    await this.outward.record(conversation, names);
    await this.conversations.completeEvents(
      scope,
      conversation.id,
      events.map(({ id }) => id),
    );
  }

  /** Of everybody who is meant, and of those who have it now. */
  private async namesFor({ organizationId, events, assigneeId, teamId }: Conversation): Promise<Names> {
    const agentIds = [...events.flatMap(agentIdsIn), ...(assigneeId ? [assigneeId] : [])];
    const teamIds = [...events.flatMap(teamIdsIn), ...(teamId ? [teamId] : [])];
    const found = await Promise.all([
      this.agents.namesOf(organizationId, agentIds),
      this.teams.namesOf(organizationId, teamIds),
    ]);
    return new Map(found.flatMap((names) => [...names]));
  }

  private draft(conversation: Conversation, event: SaidEvent, names: Names): MessageDraft {
    const facts: SystemEvent = toSystemEvent(event, names);
    const now = this.clock.now();
    const said: Omit<MessageDraft, 'outbox'> = {
      id: newId(),
      organizationId: conversation.organizationId,
      environmentId: conversation.environmentId,
      conversationId: conversation.id,
      clientMessageId: event.id,
      // Names may have changed between two tries to say the same.
      bodyHash: event.id,
      type: 'system',
      sender: SYSTEM,
      content: sentenceOf(facts),
      attachments: [],
      mentions: [],
      mentionsAll: false,
      threadRootId: null,
      alsoInConversation: false,
      replyToId: null,
      private: isForAgentsOnly(event),
      held: false,
      metadata: { ...facts },
      state: 'complete',
      createdAt: now,
    };
    return { ...said, outbox: this.outboxFor(said, now) };
  }

  private outboxFor(said: Omit<MessageDraft, 'outbox'>, now: Date): OutboxIntent[] {
    const { chat } = this.config;
    const due = new Date(now.getTime() + chat.outboxLeaseMs);
    return [{ task: 'fanout', due }, ...noticeIntentsOf(said, chat, now)];
  }
}
