import GroupsRounded from '@mui/icons-material/GroupsRounded';
import { useTranslation } from 'react-i18next';
import { useMatch, useNavigate, useParams } from 'react-router';
import { StateMessage } from '../../components/ui/state-message';
import { ThreePanes } from '../../components/ui/three-panes';
import { showNotice } from '../../components/ui/toast';
import { ConversationPane } from '../../features/conversation/components/conversation-pane';
import { ChannelBrowser } from '../../features/team/components/channel-browser';
import { TeamDetails } from '../../features/team/components/team-details';
import { TeamList } from '../../features/team/components/team-list';
import type { ConversationView } from '../../lib/wire';
import { useTitle } from '../../lib/use-title';

export function TeamRoute() {
  const { t } = useTranslation();
  const { conversationId } = useParams();
  const isBrowsing = useMatch('/team/channels') !== null;
  useTitle(t('team.title'));
  return (
    <ThreePanes
      list={<TeamList selectedId={conversationId} />}
      isListOnly={!conversationId && !isBrowsing}
      content={isBrowsing ? <ChannelBrowser /> : <TeamTalk conversationId={conversationId} />}
    />
  );
}

function TeamTalk({ conversationId }: { conversationId: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (!conversationId) {
    return <StateMessage icon={<GroupsRounded />} title={t('team.emptyTitle')} text={t('team.emptyText')} />;
  }
  const leave = () => {
    void navigate('/team', { replace: true });
    showNotice(t('team.accessEnded'));
  };
  return (
    <ConversationPane
      key={conversationId}
      conversationId={conversationId}
      listAddress="/team"
      details={teamDetails}
      onLost={leave}
    />
  );
}

/** A pair has nothing to set. */
function teamDetails(conversation: ConversationView) {
  return conversation.kind !== 'direct' && <TeamDetails conversation={conversation} />;
}
