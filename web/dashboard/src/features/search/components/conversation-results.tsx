import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { activityOf } from '../../../lib/conversations/conversation-list';
import { conversationName } from '../../../lib/conversations/conversation-name';
import { lastMessageText } from '../../../lib/conversations/last-message-text';
import { conversationPath } from '../../../lib/conversations/message-address';
import { useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { foundConversationsQuery } from '../api/search-queries';
import { ResultList } from './result-list';
import { ResultRow } from './result-row';

export function ConversationResults({ query }: { query: string }) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(foundConversationsQuery(query));
  return (
    <ResultList found={found} label={t('search.conversations')} query={query} keyOf={({ id }) => id}>
      {(conversation) => <ConversationResult conversation={conversation} />}
    </ResultList>
  );
}

function ConversationResult({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const name = conversationName(conversation, selfId, t);
  const { kind, status, subject, user } = conversation;
  const place = kind === 'support' ? [t(`manage.${status}`), subject] : [t(`search.kind.${kind}`)];
  return (
    <ResultRow
      to={conversationPath(conversation)}
      avatar={
        <PersonAvatar id={user?.id ?? conversation.id} name={name} avatarUrl={user?.avatarUrl} size={36} />
      }
      title={name}
      place={place.filter(Boolean).join(' · ')}
      at={activityOf(conversation)}
    >
      {lastMessageText(conversation, selfId, t)}
    </ResultRow>
  );
}
