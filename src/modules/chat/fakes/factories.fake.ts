import type {
  AgentPrincipal,
  EnvironmentScope,
  PartnerPrincipal,
  UserPrincipal,
} from '../../../common/access/principal.js';
import { newId } from '../../../common/ids.js';
import type { EventStamp } from '../conversation-event.js';
import type { ConversationDraft, SummaryChange } from '../conversation.repository.js';
import type { Conversation, LastMessage } from '../conversation.js';
import { UNCHANGED, type Message, type MessageDraft } from '../message.js';

const START = new Date('2026-11-20T09:00:00.000Z');

export function aScope(): EnvironmentScope {
  return { organizationId: newId(), environmentId: newId() };
}

/** A support conversation of a tenant of its own, unless said otherwise. */
export function aConversation(given: Partial<Conversation> = {}): Conversation {
  return {
    ...aScope(),
    id: newId(),
    kind: 'support',
    status: 'open',
    subject: null,
    name: null,
    description: null,
    visibility: null,
    user: { id: newId(), name: 'Kim Minji', avatarUrl: null },
    assigneeId: null,
    teamId: null,
    memberIds: [],
    membersRev: 0,
    creatorKey: `user:${newId()}`,
    archivedAt: null,
    slowModeSeconds: 0,
    priority: 'normal',
    tags: [],
    metadata: {},
    traceId: newId(),
    lastSeq: 0,
    lastRev: 0,
    minSeq: 1,
    lastMessage: null,
    lastPublicMessage: null,
    activityAt: START,
    snoozedUntil: null,
    resolvedAt: null,
    createdAt: START,
    updatedAt: START,
    events: [],
    rating: null,
    ...given,
  };
}

/** Somebody who did something at that moment. */
export function aStamp(at: Date): EventStamp {
  return { id: newId(), at, actor: { type: 'agent', id: newId(), name: 'Jiwoo Park', avatarUrl: null } };
}

export function aConversationDraft(given: Partial<ConversationDraft> = {}): ConversationDraft {
  const { clientConversationId = null, directKey = null, ...fields } = given;
  return { ...aConversation(fields), clientConversationId, directKey };
}

/** Of agents of one organization: no user, no environment. */
export function aTeamDraft(given: Partial<ConversationDraft> = {}): ConversationDraft {
  return aConversationDraft({ kind: 'group', user: null, environmentId: null, ...given });
}

export function aDraft(given: Partial<MessageDraft> = {}): MessageDraft {
  const content = given.content ?? 'hello';
  return {
    ...aScope(),
    id: newId(),
    conversationId: newId(),
    clientMessageId: newId(),
    bodyHash: content,
    type: 'text',
    sender: { type: 'user', id: newId(), name: 'Kim Minji', avatarUrl: null },
    content,
    attachments: [],
    mentions: [],
    mentionsAll: false,
    threadRootId: null,
    alsoInConversation: false,
    replyToId: null,
    private: false,
    held: false,
    metadata: {},
    state: 'complete',
    createdAt: START,
    outbox: [
      { task: 'fanout', due: START },
      { task: 'notify', due: START },
    ],
    ...given,
  };
}

export function aMessage(given: Partial<Message> = {}): Message {
  const { outbox: _, ...draft } = aDraft();
  return { ...draft, ...UNCHANGED, reactions: [], seq: 1, ...given };
}

export function aLastMessage(given: Partial<LastMessage> = {}): LastMessage {
  const { id, seq, rev, type, sender, content, createdAt } = aMessage();
  return { id, seq, rev, type, sender, content, createdAt, private: false, ...given };
}

/** What a message changes that is shown. */
export function aSummary(conversationId: string, given: Partial<LastMessage> = {}): SummaryChange {
  const lastMessage = aLastMessage(given);
  const lastPublicMessage = lastMessage.private ? null : lastMessage;
  const { seq: lastSeq, createdAt: lastAt, rev: lastRev } = lastMessage;
  return {
    conversationId,
    lastSeq,
    lastAt,
    lastMessage,
    lastPublicMessage,
    lastRev,
    activityAt: lastAt,
    reopenedBySeq: null,
    reopenedByRev: null,
    mentionedIds: [],
    answeredAt: null,
    reopener: null,
  };
}

export function anAgent(given: Partial<AgentPrincipal> = {}): AgentPrincipal {
  return {
    type: 'agent',
    id: newId(),
    organizationId: newId(),
    accountId: newId(),
    sessionId: newId(),
    role: 'agent',
    name: 'Jiwoo Park',
    avatarUrl: null,
    ...given,
  };
}

export function aUser(given: Partial<UserPrincipal> = {}): UserPrincipal {
  return {
    type: 'user',
    ...aScope(),
    id: newId(),
    identity: 'anonymous',
    name: 'Kim Minji',
    avatarUrl: null,
    ...given,
  };
}

export function aPartner(given: Partial<PartnerPrincipal> = {}): PartnerPrincipal {
  return { type: 'partner', ...aScope(), id: newId(), scopes: [], name: 'backend', ...given };
}

/** The one whose conversation it is. */
export function theUserOf({ organizationId, environmentId, user }: Conversation): UserPrincipal {
  return aUser({ organizationId, environmentId: environmentId ?? '', id: user?.id ?? '' });
}
