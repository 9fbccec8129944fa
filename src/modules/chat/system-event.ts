import type { SystemEvent } from '../../contracts/chat.js';
import type { SaidEvent } from './conversation-event.js';

/** Of agents and teams, by their ids. */
export type Names = ReadonlyMap<string, { name: string }>;

/** What clients are told of an event, with the names that people had when it was said. */
export function toSystemEvent(event: SaidEvent, names: Names): SystemEvent {
  const { type, id, name } = event.actor;
  const actor = { actorType: type, actorId: id, actorName: name };
  const nameOf = (otherId: string) => names.get(otherId)?.name ?? '';
  switch (event.event) {
    case 'assigned': {
      const { assigneeId } = event;
      return {
        event: 'assigned',
        ...actor,
        assigneeId,
        assigneeName: assigneeId === null ? null : nameOf(assigneeId),
      };
    }
    case 'team_assigned': {
      const { teamId } = event;
      return { event: 'team_assigned', ...actor, teamId, teamName: teamId === null ? null : nameOf(teamId) };
    }
    case 'status_changed': {
      const { status, previousStatus, until } = event;
      return {
        event: 'status_changed',
        ...actor,
        status,
        previousStatus,
        until: until?.toISOString() ?? null,
      };
    }
    case 'participants_added':
    case 'participants_removed':
      return membersChanged(event.event, actor, event.agentIds, nameOf);
    case 'renamed':
      return { event: 'renamed', ...actor, name: event.name, previousName: event.previousName };
    case 'archived':
    case 'unarchived':
      return { event: event.event, ...actor };
  }
}

type Actor = Pick<SystemEvent, 'actorType' | 'actorId' | 'actorName'>;

/** Who comes or goes by themselves has joined or left. */
function membersChanged(
  event: 'participants_added' | 'participants_removed',
  actor: Actor,
  agentIds: string[],
  nameOf: (agentId: string) => string,
): SystemEvent {
  const isSelf = agentIds.length === 1 && actor.actorType === 'agent' && agentIds[0] === actor.actorId;
  if (isSelf) return { event: event === 'participants_added' ? 'joined' : 'left', ...actor };
  return { event, ...actor, agentIds, agentNames: agentIds.map(nameOf) };
}

/** For those who do not know the event: clients say it in their reader's language, from its facts. */
export function sentenceOf(event: SystemEvent): string {
  const who = event.actorName;
  switch (event.event) {
    case 'assigned':
      return event.assigneeName === null
        ? `${who} removed the assignee`
        : `${who} assigned this to ${event.assigneeName}`;
    case 'team_assigned':
      return event.teamName === null
        ? `${who} removed the team`
        : `${who} gave this to the team ${event.teamName}`;
    case 'status_changed':
      return `${who} changed the status from ${event.previousStatus} to ${event.status}`;
    case 'participants_added':
      return `${who} added ${event.agentNames.join(', ')}`;
    case 'participants_removed':
      return `${who} removed ${event.agentNames.join(', ')}`;
    case 'joined':
      return `${who} joined`;
    case 'left':
      return `${who} left`;
    case 'renamed':
      return `${who} renamed this to ${event.name}`;
    case 'archived':
      return `${who} archived this`;
    case 'unarchived':
      return `${who} took this out of the archive`;
  }
}
