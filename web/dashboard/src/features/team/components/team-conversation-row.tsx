import Box from '@mui/material/Box';
import GroupsRounded from '@mui/icons-material/GroupsRounded';
import LockRounded from '@mui/icons-material/LockRounded';
import TagRounded from '@mui/icons-material/TagRounded';
import { visuallyHidden } from '@mui/utils';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { UnreadBadge } from '../../../components/ui/unread-badge';
import { conversationName } from '../../../lib/conversations/conversation-name';
import { usePresence } from '../../../lib/presence';
import { useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';

interface TeamConversationRowProps {
  conversation: ConversationView;
  isSelected: boolean;
}

export function TeamConversationRow({ conversation, isSelected }: TeamConversationRowProps) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const name = conversationName(conversation, selfId, t);
  const isUnread = (conversation.unread ?? 0) > 0;
  return (
    <li>
      <Box
        component={Link}
        to={`/team/${conversation.id}`}
        aria-current={isSelected ? 'true' : undefined}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.25,
          px: 1,
          minHeight: 44,
          borderRadius: 1,
          color: 'text.primary',
          textDecoration: 'none',
          fontSize: 14.5,
          fontWeight: isUnread ? 700 : 500,
          bgcolor: isSelected ? 'primary.light' : 'transparent',
          '&:hover': { bgcolor: isSelected ? 'primary.light' : 'surface.sunken' },
        }}
      >
        <ConversationIcon conversation={conversation} name={name} />
        <Box
          component="span"
          sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          {conversation.kind === 'channel' ? conversation.name : name}
        </Box>
        <UnreadBadge count={conversation.unread ?? 0} />
      </Box>
    </li>
  );
}

function ConversationIcon({ conversation, name }: { conversation: ConversationView; name: string }) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  if (conversation.kind === 'channel') {
    const Icon = conversation.visibility === 'private' ? LockRounded : TagRounded;
    return (
      <Box sx={{ width: 28, display: 'grid', placeItems: 'center', color: 'text.secondary' }}>
        <Icon fontSize="small" titleAccess={t(`team.${conversation.visibility ?? 'public'}`)} />
      </Box>
    );
  }
  if (conversation.kind === 'group') {
    return (
      <Box sx={{ width: 28, display: 'grid', placeItems: 'center', color: 'text.secondary' }}>
        <GroupsRounded fontSize="small" titleAccess={t('team.group')} />
      </Box>
    );
  }
  const other = conversation.participants.find((participant) => participant.id !== selfId);
  return <PartnerAvatar id={other?.id ?? selfId} name={name} avatarUrl={other?.avatarUrl} />;
}

interface PartnerAvatarProps {
  id: string;
  name: string;
  avatarUrl?: string | null;
}

function PartnerAvatar(person: PartnerAvatarProps) {
  const { t } = useTranslation();
  const presence = usePresence('agent', person.id)?.status;
  return (
    <>
      <PersonAvatar {...person} presence={presence} size={28} />
      {presence && (
        <Box component="span" sx={visuallyHidden}>
          {t(`presence.${presence}`)}
        </Box>
      )}
    </>
  );
}
