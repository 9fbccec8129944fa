import AddRounded from '@mui/icons-material/AddRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../../components/ui/state-message';
import { activityOf, allConversations } from '../../../lib/conversations/conversation-list';
import { conversationListQuery } from '../../../lib/conversations/conversation-queries';
import { useCan, useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { ConversationView } from '../../../lib/wire';
import { AgentRow } from './agent-row';
import { ChannelDialog } from './channel-dialog';
import { DirectDialog } from './direct-dialog';
import { OwnStatus } from './own-status';
import { TeamConversationRow } from './team-conversation-row';

export function TeamList({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Box component="section" aria-label={t('team.title')} sx={{ height: '100%', overflowY: 'auto', pb: 2 }}>
      <Typography variant="h1" sx={{ px: 2, pt: 2, pb: 1 }}>
        {t('team.title')}
      </Typography>
      <OwnStatus />
      <Channels selectedId={selectedId} />
      <DirectMessages selectedId={selectedId} />
      <Agents />
    </Box>
  );
}

interface GroupProps {
  title: string;
  action?: ReactNode;
  empty?: string | false;
  children: ReactNode;
}

function Group({ title, action, empty, children }: GroupProps) {
  return (
    <Box component="section" sx={{ mt: 1.5 }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          pl: 2,
          pr: 1,
          minHeight: 36,
        }}
      >
        <Typography variant="subtitle2" component="h2" color="textSecondary">
          {title}
        </Typography>
        {action}
      </Box>
      {empty && (
        <Typography variant="body2" color="textSecondary" sx={{ px: 2, py: 0.5 }}>
          {empty}
        </Typography>
      )}
      <Box component="ul" aria-label={title} sx={{ m: 0, px: 1, listStyle: 'none' }}>
        {children}
      </Box>
    </Box>
  );
}

function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  return (
    <Tooltip title={canAnswer ? label : t('errors.forbidden')}>
      <span>
        <IconButton size="small" aria-label={label} disabled={!canAnswer} onClick={onClick}>
          <AddRounded fontSize="small" />
        </IconButton>
      </span>
    </Tooltip>
  );
}

function Channels({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation();
  const [isCreating, setIsCreating] = useState(false);
  const { data } = useInfiniteQuery(conversationListQuery({ kind: 'channel' }));
  const channels = allConversations(data);
  return (
    <Group
      title={t('team.channels')}
      action={<AddButton label={t('team.newChannel')} onClick={() => setIsCreating(true)} />}
      empty={data && channels.length === 0 && t('team.noChannels')}
    >
      {channels.map((channel) => (
        <TeamConversationRow key={channel.id} conversation={channel} isSelected={channel.id === selectedId} />
      ))}
      <ChannelDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
    </Group>
  );
}

function DirectMessages({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation();
  const [isCreating, setIsCreating] = useState(false);
  const direct = useInfiniteQuery(conversationListQuery({ kind: 'direct' }));
  const group = useInfiniteQuery(conversationListQuery({ kind: 'group' }));
  const conversations = [...allConversations(direct.data), ...allConversations(group.data)].sort(byActivity);
  return (
    <Group
      title={t('team.direct')}
      action={<AddButton label={t('team.newDirect')} onClick={() => setIsCreating(true)} />}
      empty={direct.data && group.data && conversations.length === 0 && t('team.noDirect')}
    >
      {conversations.map((conversation) => (
        <TeamConversationRow
          key={conversation.id}
          conversation={conversation}
          isSelected={conversation.id === selectedId}
        />
      ))}
      <DirectDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
    </Group>
  );
}

const byActivity = (a: ConversationView, b: ConversationView) => (activityOf(a) < activityOf(b) ? 1 : -1);

function Agents() {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const { data, error, refetch } = useQuery(agentsQuery);
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  const others = data?.filter((agent) => agent.id !== selfId) ?? [];
  return (
    <Group title={t('team.agents')} empty={data && others.length === 0 && t('team.onlyYou')}>
      {others.map((agent) => (
        <AgentRow key={agent.id} agent={agent} />
      ))}
    </Group>
  );
}
