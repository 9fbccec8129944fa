import type { ConversationView, MessageView } from '../wire';

export type MessagePlace = Pick<MessageView, 'id' | 'threadRootId' | 'alsoInConversation'>;

/** The message whose thread is the only place where this one stands; null: it stands in the conversation. */
export function threadOf({ threadRootId, alsoInConversation }: MessagePlace): string | null {
  return alsoInConversation ? null : threadRootId;
}

export function conversationPath({ id, kind }: Pick<ConversationView, 'id' | 'kind'>): string {
  return kind === 'support' ? `/inbox/all/${id}` : `/team/${id}`;
}

/** What an address needs to lead to a message of the conversation. */
export function messageParams(place: MessagePlace): string {
  const rootId = threadOf(place);
  return new URLSearchParams({ message: place.id, ...(rootId && { thread: rootId }) }).toString();
}
