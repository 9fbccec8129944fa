import type { Conversation } from '../conversation.js';

/** Where agents go on with it. */
export function dashboardUrlOf({ kind, id }: Conversation, publicUrl: string): string {
  return `${publicUrl}/dashboard/${kind === 'support' ? 'inbox/all' : 'team'}/${id}`;
}

/** Of a conversation without a name it is the other one's. */
export function titleFor(conversation: Conversation, senderName: string): string {
  return conversation.user?.name ?? conversation.name ?? senderName;
}
