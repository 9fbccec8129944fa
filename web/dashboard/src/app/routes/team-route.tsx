import GroupsRounded from '@mui/icons-material/GroupsRounded';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { StateMessage } from '../../components/ui/state-message';
import { ThreePanes } from '../../components/ui/three-panes';
import { ConversationPane } from '../../features/conversation/components/conversation-pane';
import { TeamList } from '../../features/team/components/team-list';
import { useTitle } from '../../lib/use-title';

export function TeamRoute() {
  const { t } = useTranslation();
  const { conversationId } = useParams();
  useTitle(t('team.title'));
  return (
    <ThreePanes
      list={<TeamList selectedId={conversationId} />}
      isListOnly={!conversationId}
      content={
        conversationId ? (
          <ConversationPane key={conversationId} conversationId={conversationId} listAddress="/team" />
        ) : (
          <StateMessage icon={<GroupsRounded />} title={t('team.emptyTitle')} text={t('team.emptyText')} />
        )
      }
    />
  );
}
