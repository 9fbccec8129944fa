import type { ConversationKind } from '../../contracts/chat.js';
import type { PrincipalRef } from '../../contracts/common.js';
import type { UserIdentity } from '../../contracts/users.js';

/** All devices of one agent or user. */
export function principalRoom(principal: PrincipalRef): string {
  return `${principal.type}:${principal.id}`;
}

/** All sockets that were opened with one sign-in. */
export function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`;
}

/** The sockets of a user that were opened at one level of proof. */
export function identityRoom(userId: string, identity: UserIdentity): string {
  return `user:${userId}:${identity}`;
}

/** Every agent of an organization: the inbox. */
export function organizationAgentsRoom(organizationId: string): string {
  return `organization:${organizationId}:agents`;
}

/** Every end user of an environment: settings of the widget. */
export function environmentUsersRoom(environmentId: string): string {
  return `environment:${environmentId}:users`;
}

/** What the rooms of a conversation are named by. */
export interface RoomOwner {
  id: string;
  organizationId: string;
  kind: ConversationKind;
}

/** Those who have the conversation open. Nothing private and nothing personal goes here. */
export function conversationRoom({ id, organizationId, kind }: RoomOwner): string {
  const room = `organization:${organizationId}:conversation:${id}`;
  return kind === 'support' ? room : `${TEAM}${room}`;
}

/** Agents who have the conversation open: private notes, assignment. */
export function conversationAgentsRoom(owner: RoomOwner): string {
  return `${conversationRoom(owner)}:agents`;
}

/** For those who know of a conversation nothing but its id: all rooms that may be its own. */
export function roomsOfAnyKind(organizationId: string, id: string): string[] {
  const owners: RoomOwner[] = [
    { id, organizationId, kind: 'support' },
    { id, organizationId, kind: 'group' },
  ];
  return owners.flatMap((owner) => [conversationRoom(owner), conversationAgentsRoom(owner)]);
}

/**
 * One agent, as a member of a conversation between agents. Nobody joins it: each node takes it for the agent's own
 * room, unless it knows that the agent has left since `membersRev`, the state of the members that the teller knew.
 */
export function memberRoom(owner: RoomOwner & { membersRev: number }, agentId: string): string {
  return `${conversationRoom(owner)}:member:${agentId}:${owner.membersRev}`;
}

/** Those who look at somebody's presence. */
export function presenceRoom(principal: PrincipalRef): string {
  return `presence:${principal.type}:${principal.id}`;
}

/** The rooms that somebody may lose the right to hear. */
const TEAM = 'team:';
const OPEN_ROOM = /^(?:team:)?organization:([\w-]+):conversation:([\w-]+)$/;
const TEAM_ROOM = /^team:organization:([\w-]+):conversation:([\w-]+)(?::agents|:member:([\w-]+):(\d+))?$/;

export interface OpenRoom {
  organizationId: string;
  conversationId: string;
}

/** What the room of those who have a conversation open is about; undefined for all other rooms. */
export function readOpenRoom(room: string): OpenRoom | undefined {
  const [, organizationId, conversationId] = OPEN_ROOM.exec(room) ?? [];
  if (organizationId === undefined || conversationId === undefined) return undefined;
  return { organizationId, conversationId };
}

export function isTeamRoom(room: string): boolean {
  return room.startsWith(TEAM);
}

export interface TeamRoom extends OpenRoom {
  /** Of a member's room only. */
  member?: { agentId: string; membersRev: number };
}

/** What a room of a conversation between agents is about; undefined for all other rooms. */
export function readTeamRoom(room: string): TeamRoom | undefined {
  const [, organizationId, conversationId, agentId, membersRev] = TEAM_ROOM.exec(room) ?? [];
  if (organizationId === undefined || conversationId === undefined) return undefined;
  if (agentId === undefined) return { organizationId, conversationId };
  return { organizationId, conversationId, member: { agentId, membersRev: Number(membersRev) } };
}
