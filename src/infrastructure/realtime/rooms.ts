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

/** Those who have the conversation open. Nothing private and nothing personal goes here. */
export function conversationRoom(organizationId: string, conversationId: string): string {
  return `organization:${organizationId}:conversation:${conversationId}`;
}

/** Agents who have the conversation open: private notes, assignment. */
export function conversationAgentsRoom(organizationId: string, conversationId: string): string {
  return `${conversationRoom(organizationId, conversationId)}:agents`;
}

/** Those who look at somebody's presence. */
export function presenceRoom(principal: PrincipalRef): string {
  return `presence:${principal.type}:${principal.id}`;
}

const OPEN_ROOM = /^organization:[\w-]+:conversation:([\w-]+)$/;

/** The conversation that a room is of; undefined for rooms of another kind. */
export function conversationOfRoom(room: string): string | undefined {
  return OPEN_ROOM.exec(room)?.[1];
}
