import type { ConversationStatus, PersonView } from '../../contracts/chat.js';

/** Who does something to a conversation, and when. The id is the event's for good: telling of it can be repeated. */
export interface EventStamp {
  id: string;
  at: Date;
  actor: PersonView;
}

/** How content the user was, by their own word. */
export interface Rating {
  score: number;
  comment: string | null;
}

/** What made a difference: noted on the conversation in the very write that did it. */
export type EventFacts =
  | { event: 'assigned'; assigneeId: string | null }
  | { event: 'team_assigned'; teamId: string | null }
  | {
      event: 'status_changed';
      status: ConversationStatus;
      previousStatus: ConversationStatus;
      until: Date | null;
    }
  | { event: 'created' }
  | ({ event: 'rated' } & Rating)
  | { event: 'participants_added' | 'participants_removed'; agentIds: string[] }
  | { event: 'renamed'; name: string; previousName: string | null }
  | { event: 'archived' | 'unarchived' };

export type ConversationEvent = EventStamp & EventFacts;

export type SaidFacts = Exclude<EventFacts, { event: 'created' | 'rated' }>;
export type SaidEvent = EventStamp & SaidFacts;

/** That it began, and how it was liked, is told outside and seen on it; nobody says it in it. */
export function isSaid(event: ConversationEvent): event is SaidEvent {
  return event.event !== 'created' && event.event !== 'rated';
}

/** Speaks for nobody: what happened by itself, or to a conversation. */
export const SYSTEM: PersonView = { type: 'system', id: 'system', name: 'System', avatarUrl: null };

/** Who is meant besides the one who did it. */
export function agentIdsIn(event: ConversationEvent): string[] {
  if ('agentIds' in event) return event.agentIds;
  return event.event === 'assigned' && event.assigneeId !== null ? [event.assigneeId] : [];
}

/** The teams that are meant. */
export function teamIdsIn(event: ConversationEvent): string[] {
  return event.event === 'team_assigned' && event.teamId !== null ? [event.teamId] : [];
}

/** How a team works is not its customer's to know; that their matter is settled is. */
export function isForAgentsOnly(event: ConversationEvent): boolean {
  if (event.event === 'assigned' || event.event === 'team_assigned') return true;
  return event.event === 'status_changed' && event.status !== 'resolved';
}
