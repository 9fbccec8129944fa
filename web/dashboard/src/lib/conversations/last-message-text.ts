import { plainText } from '@fast-light-chat/sdk/markdown';
import type { TFunction } from 'i18next';
import type { ConversationView } from '../wire';

/** The newest message in one line. */
export function lastMessageText(conversation: ConversationView, selfId: string, t: TFunction): string {
  const last = conversation.lastMessage;
  if (!last) return conversation.subject ?? t('inbox.noMessages');
  if (last.content === null) return t('inbox.deleted');
  const text = plainText(last.content);
  if (last.private) return t('inbox.noteBy', { text });
  const isOwn = last.sender.type === 'agent' && last.sender.id === selfId;
  return isOwn ? t('inbox.youSaid', { text }) : text;
}
