import { plainText } from '@fast-light-chat/sdk/markdown';
import type { TFunction } from 'i18next';
import type { ConversationView } from '../wire';

/** The newest message in one line. */
export function lastMessageText(conversation: ConversationView, selfId: string, t: TFunction): string {
  const last = conversation.lastMessage;
  if (!last) return conversation.subject ?? t('inbox.noMessages');
  if (last.content === null) return t('inbox.deleted');
  const text = plainText(last.content) || t('inbox.file');
  if (last.private) return t('inbox.noteBy', { text });
  const { type, id, name } = last.sender;
  if (type === 'agent' && id === selfId) return t('inbox.youSaid', { text });
  // An answer of a colleague or a bot is not to be taken for another question; else the row's name says who.
  const isNamed = conversation.kind === 'direct' || type === 'user' || !name;
  return isNamed ? text : t('inbox.said', { name, text });
}
