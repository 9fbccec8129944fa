import ChatBubbleOutlineRounded from '@mui/icons-material/ChatBubbleOutlineRounded';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import IconButton from '@mui/material/IconButton';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { showError } from '../../../components/ui/toast';
import { statusLine } from '../../../lib/agent-status';
import { AVAILABILITIES } from '../../../lib/availability';
import { usePresence } from '../../../lib/presence';
import { useCan } from '../../../lib/self';
import type { AgentView } from '../../../lib/wire';
import { useStartConversation } from '../api/team-api';

export function AgentRow({ agent }: { agent: AgentView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canAnswer = useCan('conversation.answer');
  const presence = usePresence('agent', agent.id)?.status ?? agent.presence;
  const start = useStartConversation();
  const talk = () =>
    start.mutate(
      { kind: 'direct', agentIds: [agent.id] },
      { onSuccess: ({ conversation }) => void navigate(`/team/${conversation.id}`), onError: showError },
    );
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 1, minHeight: 54 }}>
      <PersonAvatar {...agent} presence={presence} size={34} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontSize: 14.5, fontWeight: 600, ...oneLine }}>{agent.name}</Box>
        <Box sx={{ fontSize: 12.5, color: 'text.secondary', ...oneLine }}>
          <StatusLine agent={agent} presence={presence} />
        </Box>
      </Box>
      {canAnswer && (
        <IconButton
          size="small"
          aria-label={t('team.messageTo', { name: agent.name })}
          disabled={start.isPending}
          onClick={talk}
        >
          {start.isPending ? <CircularProgress size={18} /> : <ChatBubbleOutlineRounded fontSize="small" />}
        </IconButton>
      )}
    </Box>
  );
}

/** Where somebody is counts first, then what they say of themselves. */
function StatusLine({ agent, presence }: { agent: AgentView; presence: AgentView['presence'] }) {
  const { t, i18n } = useTranslation();
  const status = statusLine(agent, t, i18n.language);
  const availability = AVAILABILITIES.find((one) => one.value === agent.availability);
  const isBusy = presence !== 'offline' && availability && agent.availability !== 'available';
  const state = isBusy ? t(availability.label) : t(`presence.${presence}`);
  return status ? `${state} · ${status}` : state;
}

const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
