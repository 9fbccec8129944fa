import type { AttachmentView, PersonView } from '../../contracts/chat.js';
import type { Attachment } from '../file/file.js';
import { senderKeyOf } from './conversation.js';

type Linker = (file: Attachment) => AttachmentView;

/** Before a server has said how, there are no files to link. */
let linker: Linker = (file) => ({ ...file, url: '' });

/** A message is shown in many places, and each time its files get fresh links: the way to make them is set at start. */
export function setAttachmentLinker(given: Linker): void {
  linker = given;
}

export function toAttachmentView(file: Attachment): AttachmentView {
  return linker(file);
}

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
