import { Injectable } from '@nestjs/common';
import { EventSink, type OutwardEvent } from '../../common/events/event-sink.js';
import type { WebhookEventType } from '../../contracts/webhooks.js';
import type { ConversationEvent } from './conversation-event.js';
import type { Conversation } from './conversation.js';
import { performerOf, toWebhookConversation } from './outward-messages.js';
import type { Names } from './system-event.js';

interface Told {
  type: WebhookEventType;
  data: Record<string, unknown>;
}

/** Hands out what was done to conversations, to be told outside. */
@Injectable()
export class OutwardConversations {
  constructor(private readonly sink: EventSink) {}

  isCreationWanted(environmentId: string | null): Promise<boolean> {
    return this.sink.isWanted(environmentId, 'conversation.created');
  }

  /** Of the events that wait on it, those that anybody outside may ask for. */
  async record(conversation: Conversation, names: Names): Promise<void> {
    const { environmentId } = conversation;
    if (environmentId === null) return;
    const told = conversation.events.flatMap((event) => eventsOf(conversation, environmentId, event, names));
    if (told.length > 0) await this.sink.record(told);
  }
}

function eventsOf(
  conversation: Conversation,
  environmentId: string,
  event: ConversationEvent,
  names: Names,
): OutwardEvent[] {
  const told = toldOf(conversation, event, names);
  if (!told) return [];
  const outward: OutwardEvent = {
    id: `${told.type} ${conversation.id} ${event.id}`,
    type: told.type,
    organizationId: conversation.organizationId,
    environmentId,
    at: event.at,
    performedBy: performerOf(event.actor),
    conversationId: conversation.id,
    userId: conversation.user?.id ?? null,
    isNote: false,
    data: { conversation: toWebhookConversation(conversation), ...told.data },
  };
  return [outward];
}

function toldOf(conversation: Conversation, event: ConversationEvent, names: Names): Told | null {
  const { assigneeId, teamId } = conversation;
  switch (event.event) {
    case 'created':
      return { type: 'conversation.created', data: {} };
    case 'assigned':
      return assignedTo(event.assigneeId, teamId, names);
    case 'team_assigned':
      return assignedTo(assigneeId, event.teamId, names);
    case 'status_changed': {
      const { status, previousStatus, until } = event;
      const data = { status, previousStatus, until: until?.toISOString() ?? null };
      return { type: 'conversation.status_changed', data };
    }
    case 'rated':
      return { type: 'conversation.rated', data: { rating: { score: event.score, comment: event.comment } } };
    default:
      return null;
  }
}

/** Both are told of either: who has it, and which team. */
function assignedTo(assigneeId: string | null, teamId: string | null, names: Names): Told {
  const data = { assignee: named(assigneeId, names), team: named(teamId, names) };
  return { type: 'conversation.assigned', data };
}

function named(id: string | null, names: Names): { id: string; name: string } | null {
  return id === null ? null : { id, name: names.get(id)?.name ?? '' };
}
