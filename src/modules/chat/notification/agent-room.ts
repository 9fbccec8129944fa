import { memberRoom, principalRoom } from '../../../infrastructure/realtime/rooms.js';
import type { Conversation } from '../conversation.js';

/** A member's room, where there is one, is deaf as soon as the member has left. */
export function agentRoom(conversation: Conversation, agentId: string): string {
  const isMember = conversation.kind !== 'support' && conversation.memberIds.includes(agentId);
  return isMember ? memberRoom(conversation, agentId) : principalRoom({ type: 'agent', id: agentId });
}
