import AccessTimeRounded from '@mui/icons-material/AccessTimeRounded';
import KeyboardDoubleArrowUpRounded from '@mui/icons-material/KeyboardDoubleArrowUpRounded';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { UnreadBadge } from '../../../components/ui/unread-badge';
import { conversationName } from '../../../lib/conversations/conversation-name';
import { activityOf } from '../../../lib/conversations/conversation-list';
import { lastMessageText } from '../../../lib/conversations/last-message-text';
import { useSelf } from '../../../lib/self';
import { listTime } from '../../../lib/time';
import type { ConversationView } from '../../../lib/wire';

interface ConversationRowProps {
  conversation: ConversationView;
  isSelected: boolean;
  address: To;
}

export function ConversationRow({ conversation, isSelected, address }: ConversationRowProps) {
  const { t } = useTranslation();
  const self = useSelf();
  const name = conversationName(conversation, self.id, t);
  const isUnread = (conversation.unread ?? 0) > 0;
  return (
    <Box
      component={Link}
      to={address}
      data-conversation-id={conversation.id}
      aria-current={isSelected ? 'true' : undefined}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        height: '100%',
        px: 2,
        color: 'text.primary',
        textDecoration: 'none',
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: isSelected ? 'primary.light' : 'transparent',
        '&:hover': { bgcolor: isSelected ? 'primary.light' : 'surface.sunken' },
        '&:focus-visible': { outlineOffset: -3 },
      }}
    >
      <PersonAvatar
        id={conversation.user?.id ?? conversation.id}
        name={name}
        avatarUrl={conversation.user?.avatarUrl}
        size={40}
      />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <TopLine conversation={conversation} name={name} isUnread={isUnread} />
        <BottomLine conversation={conversation} isUnread={isUnread} />
      </Box>
    </Box>
  );
}

interface LineProps {
  conversation: ConversationView;
  isUnread: boolean;
}

function TopLine({ conversation, name, isUnread }: LineProps & { name: string }) {
  const { t, i18n } = useTranslation();
  const isRaised = conversation.priority === 'high' || conversation.priority === 'urgent';
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
      <Box component="span" sx={{ ...oneLine, flex: 1, fontSize: 14.5, fontWeight: isUnread ? 700 : 600 }}>
        {name}
      </Box>
      {isRaised && (
        <KeyboardDoubleArrowUpRounded
          titleAccess={t(`manage.${conversation.priority}`)}
          sx={{ fontSize: 16, color: conversation.priority === 'urgent' ? 'error.main' : 'warning.main' }}
        />
      )}
      <Box
        component="time"
        dateTime={activityOf(conversation)}
        sx={{ fontSize: 12, color: 'text.secondary', flexShrink: 0 }}
      >
        {listTime(activityOf(conversation), i18n.language)}
      </Box>
    </Box>
  );
}

function BottomLine({ conversation, isUnread }: LineProps) {
  const { t, i18n } = useTranslation();
  const self = useSelf();
  const { snoozedUntil } = conversation;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 0.375 }}>
      <Box
        component="span"
        sx={{ ...oneLine, flex: 1, fontSize: 13.5, color: isUnread ? 'text.primary' : 'text.secondary' }}
      >
        {lastMessageText(conversation, self.id, t)}
      </Box>
      {conversation.status === 'snoozed' && snoozedUntil && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, fontSize: 12, color: 'text.secondary' }}>
          <AccessTimeRounded sx={{ fontSize: 14 }} aria-hidden />
          {t('inbox.snoozedUntil', { time: listTime(snoozedUntil, i18n.language) })}
        </Box>
      )}
      <UnreadBadge count={conversation.unread ?? 0} />
    </Box>
  );
}

const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
