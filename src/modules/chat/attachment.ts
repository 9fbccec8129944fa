import type { AttachmentView, PersonView } from '../../contracts/chat.js';
import type { Attachment } from '../file/file.js';
import { senderKeyOf } from './conversation.js';

/** How a file is shown that was sent with a message: with links to it. */
export type AttachmentLinker = (file: Attachment) => AttachmentView;

interface Sent {
  id: string;
  conversationId: string;
  clientMessageId: string | null;
  sender: Pick<PersonView, 'type' | 'id'>;
}

/** What files are attached to: the same for every try to send a message, whatever id it got in the end. */
export function attachmentKeyOf({ id, conversationId, clientMessageId, sender }: Sent): string {
  return clientMessageId === null ? id : `${conversationId}:${senderKeyOf(sender)}:${clientMessageId}`;
}

/** What a key says of its message: the id, or who sent it as what. */
export type SentAs = { id: string } | { senderKey: string; clientMessageId: string };

/** Reads what attachmentKeyOf wrote. */
export function sentAs(attachmentKey: string): SentAs {
  const [id = '', senderType, senderId, ...rest] = attachmentKey.split(':');
  return senderType === undefined
    ? { id }
    : { senderKey: `${senderType}:${senderId}`, clientMessageId: rest.join(':') };
}
