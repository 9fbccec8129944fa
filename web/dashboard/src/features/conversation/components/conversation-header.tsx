import ChevronRightRounded from '@mui/icons-material/ChevronRightRounded';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import NotificationsOffOutlined from '@mui/icons-material/NotificationsOffOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { To } from 'react-router';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { statusLine } from '../../../lib/agent-status';
import { conversationName } from '../../../lib/conversations/conversation-name';
import { usePresence } from '../../../lib/presence';
import { useSelf } from '../../../lib/self';
import { relativeTime } from '../../../lib/time';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { AgentView, ConversationView, PrincipalRef } from '../../../lib/wire';
import { AssigneePicker } from './assignee-picker';
import { BackButton } from './back-button';
import { ConversationMenu } from './conversation-menu';
import { isMuted } from './mute-items';
import { PinnedMessages } from './pinned-messages';
import { StatusControl } from './status-control';
import { Viewers } from './viewers';

/** Narrower, it would cost the user's name. */
const ROOM_FOR_ASSIGNEE = '@container (min-width: 560px)';

interface ConversationHeaderProps {
  conversation: ConversationView;
  listAddress: To;
  onDetails?: () => void;
}

export function ConversationHeader({ conversation, listAddress, onDetails }: ConversationHeaderProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const isPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const isSupport = conversation.kind === 'support';
  return (
    <Box
      component="header"
      sx={{
        containerType: 'inline-size',
        display: 'flex',
        alignItems: 'center',
        gap: { xs: 0.25, sm: 1.5 },
        px: { xs: 1, sm: 2.5 },
        height: 64,
        flexShrink: 0,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <BackButton to={listAddress} />
      <Partner conversation={conversation} onDetails={isPhone ? onDetails : undefined} />
      {/* Details that stand beside have it themselves, and the name needs the room more. */}
      {isSupport && isWide && onDetails && (
        <Box sx={{ display: 'none', [ROOM_FOR_ASSIGNEE]: { display: 'block' } }}>
          <AssigneePicker conversation={conversation} isCompact />
        </Box>
      )}
      {isSupport && <StatusControl conversation={conversation} />}
      <Viewers />
      <PinnedMessages conversation={conversation} />
      <ConversationMenu conversation={conversation} />
      {onDetails && !isPhone && (
        <IconButton aria-label={t('conversation.details')} onClick={onDetails}>
          <InfoOutlined />
        </IconButton>
      )}
    </Box>
  );
}

function partnerOf(conversation: ConversationView, selfId: string): PrincipalRef | null {
  if (conversation.user) return { type: 'user', id: conversation.user.id };
  const others = conversation.participants.filter((participant) => participant.id !== selfId);
  return conversation.kind === 'direct' && others[0] ? { type: others[0].type, id: others[0].id } : null;
}

/** Where a button for the details would leave no room for the name, the name is that button. */
function Partner({ conversation, onDetails }: Pick<ConversationHeaderProps, 'conversation' | 'onDetails'>) {
  const { t } = useTranslation();
  const self = useSelf();
  const name = conversationName(conversation, self.id, t);
  const partner = partnerOf(conversation, self.id);
  const presence = usePresence(partner?.type ?? 'user', partner?.id);
  const colleague = useColleague(partner);
  return (
    <Box
      sx={{ position: 'relative', flex: 1, minWidth: 0, display: 'flex', alignItems: 'center', gap: 1.25 }}
    >
      {partner && (
        // On a phone the name needs the room more.
        <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
          <PersonAvatar
            id={partner.id}
            name={name}
            avatarUrl={(conversation.user ?? colleague)?.avatarUrl}
            presence={presence?.status}
            size={38}
          />
        </Box>
      )}
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h2" noWrap>
          {onDetails ? <DetailsButton name={name} onClick={onDetails} /> : name}
          {isMuted(conversation) && (
            <NotificationsOffOutlined
              titleAccess={t('conversation.muted')}
              sx={{ ml: 0.75, fontSize: 17, verticalAlign: -2.5, color: 'text.secondary' }}
            />
          )}
        </Typography>
        <Typography variant="caption" color="textSecondary" noWrap component="p">
          <Subline conversation={conversation} partner={partner} />
        </Typography>
      </Box>
    </Box>
  );
}

/** As large as all that stands there of the other side. */
function DetailsButton({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <ButtonBase
      aria-haspopup="dialog"
      aria-label={`${name}: ${t('conversation.details')}`}
      onClick={onClick}
      sx={{
        position: 'static',
        maxWidth: 1,
        font: 'inherit',
        verticalAlign: 'top',
        '&::after': { content: '""', position: 'absolute', inset: 0 },
      }}
    >
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {name}
      </Box>
      <ChevronRightRounded sx={{ fontSize: 18, color: 'text.secondary' }} />
    </ButtonBase>
  );
}

/** The agent on the other side, if it is one. */
function useColleague(partner: PrincipalRef | null): AgentView | undefined {
  const isAgent = partner?.type === 'agent';
  const { data } = useQuery({ ...agentsQuery, enabled: isAgent });
  return isAgent ? data?.find(({ id }) => id === partner.id) : undefined;
}

function Subline({
  conversation,
  partner,
}: {
  conversation: ConversationView;
  partner: PrincipalRef | null;
}) {
  const { t, i18n } = useTranslation();
  const presence = usePresence(partner?.type ?? 'user', partner?.id);
  const colleague = useColleague(partner);
  const status = colleague && statusLine(colleague, t, i18n.language);
  if (status) return status;
  if (!partner) {
    const members = t('team.members', { count: conversation.participants.length });
    return conversation.description ? `${members} · ${conversation.description}` : members;
  }
  if (!presence || presence.status === 'unknown') return conversation.subject ?? '';
  if (presence.status !== 'offline' || !presence.lastSeenAt) return t(`presence.${presence.status}`);
  return t('presence.lastSeen', { time: relativeTime(presence.lastSeenAt, i18n.language) });
}
