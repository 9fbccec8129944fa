import type { TFunction } from 'i18next';
import type { ConversationView, MessageView, PersonView } from '../wire';

const ID_TAIL = 4;
/** What the server calls them, in the visitor's language. */
const VISITOR = ['방문자', '訪問者', 'Visitor'];

/** A visitor without a name still has to be told from the others: here in the agent's language. */
export function userName(user: Pick<PersonView, 'id' | 'name'> | undefined, t: TFunction): string {
  if (!user) return t('conversation.anonymous');
  return ownName(user) || t('user.unnamed', { id: tailOf(user) });
}

/** As they call themselves; empty for one who has not said. */
export function ownName(user: Pick<PersonView, 'id' | 'name'>): string {
  return VISITOR.some((word) => user.name === `${word} ${tailOf(user)}`) ? '' : user.name;
}

function tailOf({ id }: Pick<PersonView, 'id'>): string {
  return id.slice(-ID_TAIL).toUpperCase();
}

/** As the user is called now: a message keeps what they were called when they wrote it. */
export function senderIn({ user }: ConversationView, { sender }: MessageView): PersonView {
  return user && sender.type === 'user' && sender.id === user.id ? user : sender;
}

export function conversationName(conversation: ConversationView, selfId: string, t: TFunction): string {
  switch (conversation.kind) {
    case 'support':
      return userName(conversation.user, t);
    case 'channel':
      return `# ${conversation.name ?? ''}`;
    case 'direct':
    case 'group':
      return (
        conversation.name ||
        othersOf(conversation, selfId) ||
        t('common.you', { name: conversation.participants[0]?.name ?? '' })
      );
  }
}

function othersOf(conversation: ConversationView, selfId: string): string {
  return conversation.participants
    .filter((participant) => participant.id !== selfId)
    .map((participant) => participant.name)
    .join(', ');
}
