import type { TFunction } from 'i18next';
import type { ConversationView } from '../wire';

/** The newest message in one line. */
export function lastMessageText(conversation: ConversationView, selfId: string, t: TFunction): string {
  const last = conversation.lastMessage;
  if (!last) return conversation.subject ?? t('inbox.noMessages');
  if (last.content === null) return t('inbox.deleted');
  if (last.private) return t('inbox.noteBy', { text: last.content });
  const isOwn = last.sender.type === 'agent' && last.sender.id === selfId;
  return isOwn ? t('inbox.youSaid', { text: last.content }) : last.content;
}
