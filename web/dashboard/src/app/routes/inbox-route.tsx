import ForumRounded from '@mui/icons-material/ForumRounded';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { StateMessage } from '../../components/ui/state-message';
import { ThreePanes } from '../../components/ui/three-panes';
import { ConversationPane } from '../../features/conversation/components/conversation-pane';
import { InboxList } from '../../features/inbox/components/inbox-list';
import { ViewsNav } from '../../features/inbox/components/views-nav';
import { ConversationDetails } from '../../features/conversation/components/conversation-details';
import { useInboxView } from '../../features/inbox/hooks/use-inbox-view';
import { UserPanel } from '../../features/users/components/user-panel';
import { useTitle } from '../../lib/use-title';

export function InboxRoute() {
  const { t } = useTranslation();
  const { conversationId } = useParams();
  const { addressOf } = useInboxView();
  const hasViewsBeside = useRoomForViews(conversationId !== undefined);
  useTitle(t('inbox.title'));
  return (
    <ThreePanes
      views={hasViewsBeside && <ViewsNav />}
      list={<InboxList selectedId={conversationId} hasViewsBeside={hasViewsBeside} />}
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

/** Four columns need a wide screen; on a middling one the open conversation and its user need the room more. */
function useRoomForViews(isInConversation: boolean): boolean {
  const isMiddling = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const isWide = useMediaQuery('(min-width:1400px)');
  return isWide || (isMiddling && !isInConversation);
}
