import type { Conversation } from './conversation.js';
import type { ConversationView, PersonView } from '../../contracts/chat.js';
import type { Message } from './message.js';

export interface MessageCreated {
  conversation: Conversation;
  message: Message;
}

/** Edited, deleted, reacted to or pinned: the message as it is now. */
export interface MessageUpdated {
  conversation: Conversation;
  message: Message;
}

/** A held message that is there for all from now on; told of as an update besides. */
export interface MessageApproved {
  conversation: Conversation;
  message: Message;
}

export interface ConversationCreated {
  conversation: Conversation;
}

/** `isUrgent`: somebody did something to it and waits to see it; else a summary that may be coalesced. */
export interface ConversationChanged {
  conversationId: string;
  organizationId: string;
  isUrgent: boolean;
}

export interface ConversationReadUpTo {
  conversation: Conversation;
  /** `sessionId`: the sign-in of the agent on whose device it was read. */
  reader: { type: 'agent'; id: string; sessionId: string } | { type: 'user'; id: string };
  readSeq: number;
}

/** Or not any more; `view`: as that agent alone sees it. */
export interface ConversationMuted {
  conversation: Conversation;
  agentId: string;
  view: ConversationView;
}

/** `by` is among them when they left by themselves. */
export interface ParticipantsRemoved {
  conversation: Conversation;
  agentIds: string[];
  by: PersonView;
}

/** `by` is among them when they joined by themselves. */
export interface ParticipantsAdded {
  conversation: Conversation;
  agentIds: string[];
  by: PersonView;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'message.created': MessageCreated;
    'message.updated': MessageUpdated;
    'message.approved': MessageApproved;
    'conversation.created': ConversationCreated;
    'conversation.changed': ConversationChanged;
    'conversation.read': ConversationReadUpTo;
    'conversation.muted': ConversationMuted;
    'participants.removed': ParticipantsRemoved;
    'participants.added': ParticipantsAdded;
  }
}
