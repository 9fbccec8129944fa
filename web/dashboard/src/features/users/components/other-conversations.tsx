import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PanelSection } from '../../../components/ui/panel-section';
import { activityOf, allConversations } from '../../../lib/conversations/conversation-list';
import { conversationListQuery } from '../../../lib/conversations/conversation-queries';
import { lastMessageText } from '../../../lib/conversations/last-message-text';
import { useSelf } from '../../../lib/self';
import { listTime } from '../../../lib/time';
import type { ConversationView } from '../../../lib/wire';

const SHOWN = 10;

export function OtherConversations({ userId, currentId }: { userId: string; currentId?: string }) {
  const { t } = useTranslation();
  const { data, isPending } = useInfiniteQuery(conversationListQuery({ kind: 'support', userId }));
  const others = allConversations(data).filter((conversation) => conversation.id !== currentId);
  return (
    <PanelSection title={t(currentId ? 'user.others' : 'user.conversations')}>
      {others.slice(0, SHOWN).map((conversation) => (
        <OtherConversation key={conversation.id} conversation={conversation} />
      ))}
      {!isPending && others.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t(currentId ? 'user.noOthers' : 'user.noConversations')}
        </Typography>
      )}
    </PanelSection>
  );
}

function OtherConversation({ conversation }: { conversation: ConversationView }) {
  const { t, i18n } = useTranslation();
  const self = useSelf();
  return (
    <Box
      component={Link}
      to={`/inbox/all/${conversation.id}`}
      sx={{
        display: 'block',
        mx: -1,
        px: 1,
        py: 0.75,
        borderRadius: 1,
        fontSize: 13.5,
        color: 'text.primary',
        textDecoration: 'none',
        '&:hover': { bgcolor: 'surface.sunken' },
      }}
    >
      <Box sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {lastMessageText(conversation, self.id, t)}
      </Box>
      <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
        {t(`manage.${conversation.status}`)} · {listTime(activityOf(conversation), i18n.language)}
      </Box>
    </Box>
  );
}
