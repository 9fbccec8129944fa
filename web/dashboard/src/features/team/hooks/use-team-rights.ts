import { useCan, useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';

/** What the server will let one do with a group or channel, so that only that is offered. */
export function useTeamRights(conversation: ConversationView) {
  const self = useSelf();
  const canAnswer = useCan('conversation.answer');
  const isAdmin = useCan('conversation.manage');
  const isMember = conversation.participants.some(({ id }) => id === self.id);
  const isManager = isMember && canAnswer && (isAdmin || conversation.createdBy?.id === self.id);
  const isArchived = conversation.archivedAt !== null;
  return {
    canEdit: isMember && canAnswer && !isArchived,
    canInvite: isMember && canAnswer && !isArchived,
    canRemove: isManager,
    canSlow: isManager && !isArchived,
    canArchive: isManager,
    canLeave: isMember,
  };
}
