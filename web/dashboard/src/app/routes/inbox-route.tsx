import ForumRounded from '@mui/icons-material/ForumRounded';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { StateMessage } from '../../components/ui/state-message';
import { ThreePanes } from '../../components/ui/three-panes';
import { ConversationPane } from '../../features/conversation/components/conversation-pane';
import { InboxList } from '../../features/inbox/components/inbox-list';
import { ConversationDetails } from '../../features/conversation/components/conversation-details';
import { useInboxView } from '../../features/inbox/hooks/use-inbox-view';
import { UserPanel } from '../../features/users/components/user-panel';
import { useTitle } from '../../lib/use-title';
import { useSections } from '../use-sections';

export function InboxRoute() {
  const { t } = useTranslation();
  const { conversationId } = useParams();
  const { addressOf } = useInboxView();
  const unread = useSections()[0]?.unread;
  useTitle(t('inbox.title'), unread);
  return (
    <ThreePanes
      list={<InboxList selectedId={conversationId} />}
      isListOnly={!conversationId}
      content={
        conversationId ? (
          <ConversationPane
            key={conversationId}
            conversationId={conversationId}
            listAddress={addressOf()}
            details={(conversation) => (
              <>
                <ConversationDetails conversation={conversation} />
                {conversation.user && (
                  <UserPanel userId={conversation.user.id} currentConversationId={conversation.id} />
                )}
              </>
            )}
          />
        ) : (
          <StateMessage icon={<ForumRounded />} title={t('inbox.pickTitle')} text={t('inbox.pickText')} />
        )
      }
    />
  );
}
