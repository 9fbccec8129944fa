import type { ConversationView, MessageView } from '../wire';

export type MessagePlace = Pick<MessageView, 'id' | 'seq' | 'threadRootId' | 'alsoInConversation'>;

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
  const { id, seq } = place;
  return new URLSearchParams({ message: id, seq: String(seq), ...(rootId && { thread: rootId }) }).toString();
}

/** A message that is looked for. Without its number, that has to be asked for first. */
export interface Sought {
  id: string;
  seq: number | null;
}

/** Where an address leads: into the conversation, into a thread, or to a reply there. */
export function soughtIn(params: URLSearchParams): { message: Sought | null; threadRootId: string | null } {
  const id = params.get('message');
  const seq = Number(params.get('seq'));
  return {
    message: id === null ? null : { id, seq: Number.isSafeInteger(seq) && seq > 0 ? seq : null },
    threadRootId: params.get('thread'),
  };
}
