import ChatBubbleOutlineRounded from '@mui/icons-material/ChatBubbleOutlineRounded';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import IconButton from '@mui/material/IconButton';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { AgentAvatar, AgentState } from '../../../components/ui/agent-presence';
import { showError } from '../../../components/ui/toast';
import { oneLine } from '../../../lib/one-line';
import { useCan } from '../../../lib/self';
import type { AgentView } from '../../../lib/wire';
import { useStartConversation } from '../api/team-api';

export function AgentRow({ agent }: { agent: AgentView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canAnswer = useCan('conversation.answer');
  const start = useStartConversation();
  const talk = () =>
    start.mutate(
      { kind: 'direct', agentIds: [agent.id] },
      { onSuccess: ({ conversation }) => void navigate(`/team/${conversation.id}`), onError: showError },
    );
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 1, minHeight: 54 }}>
      <AgentAvatar agent={agent} size={34} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontSize: 14.5, fontWeight: 600, ...oneLine }}>{agent.name}</Box>
        <Box sx={{ fontSize: 12.5, color: 'text.secondary', ...oneLine }}>
          <AgentState agent={agent} />
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
