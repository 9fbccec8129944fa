import AddRounded from '@mui/icons-material/AddRounded';
import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded';
import TravelExploreRounded from '@mui/icons-material/TravelExploreRounded';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery, useQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorMessage } from '../../../components/ui/state-message';
import {
  activityOf,
  allConversations,
  type ConversationFilter,
  type ConversationPages,
} from '../../../lib/conversations/conversation-list';
import { conversationListQuery } from '../../../lib/conversations/conversation-queries';
import { errorText } from '../../../lib/error-text';
import { useCan, useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { ConversationView } from '../../../lib/wire';
import { AgentRow } from './agent-row';
import { ChannelDialog } from './channel-dialog';
import { DirectDialog } from './direct-dialog';
import { MoreButton } from './more-button';
import { OwnStatus } from './own-status';
import { TeamConversationRow } from './team-conversation-row';

interface Selection {
  selectedId: string | undefined;
}

export function TeamList({ selectedId }: Selection) {
  const { t } = useTranslation();
  return (
    <Box component="section" aria-label={t('team.title')} sx={{ height: '100%', overflowY: 'auto', pb: 2 }}>
      <Typography variant="h1" sx={{ px: 2, pt: 2, pb: 1 }}>
        {t('team.title')}
      </Typography>
      <OwnStatus />
      <Channels selectedId={selectedId} />
      <DirectMessages selectedId={selectedId} />
      <Archived selectedId={selectedId} />
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

function BrowseButton() {
  const { t } = useTranslation();
  return (
    <Tooltip title={t('team.browse')}>
      <IconButton size="small" component={Link} to="/team/channels" aria-label={t('team.browse')}>
        <TravelExploreRounded fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}

type List = UseInfiniteQueryResult<ConversationPages>;

function useList(filter: ConversationFilter): List {
  return useInfiniteQuery(conversationListQuery(filter));
}

function Channels({ selectedId }: Selection) {
  const { t } = useTranslation();
  const [isCreating, setIsCreating] = useState(false);
  const channels = useList({ kind: 'channel', joined: true });
  return (
    <>
      <Group
        title={t('team.channels')}
        action={
          <Box sx={{ display: 'flex' }}>
            <BrowseButton />
            <AddButton label={t('team.newChannel')} onClick={() => setIsCreating(true)} />
          </Box>
        }
        empty={isEmpty([channels]) && t('team.noChannels')}
      >
        <Rows lists={[channels]} selectedId={selectedId} />
      </Group>
      <ChannelDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
    </>
  );
}

function DirectMessages({ selectedId }: Selection) {
  const { t } = useTranslation();
  const [isCreating, setIsCreating] = useState(false);
  const lists = [useList({ kind: 'direct' }), useList({ kind: 'group' })];
  return (
    <>
      <Group
        title={t('team.direct')}
        action={<AddButton label={t('team.newDirect')} onClick={() => setIsCreating(true)} />}
        empty={isEmpty(lists) && t('team.noDirect')}
      >
        <Rows lists={lists} selectedId={selectedId} />
      </Group>
      <DirectDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
    </>
  );
}

/** Asked for only when somebody wants to see it. */
function Archived({ selectedId }: Selection) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  return (
    <Box component="section" sx={{ mt: 1.5, px: 1 }}>
      <Button
        size="small"
        color="inherit"
        aria-expanded={isShown}
        onClick={() => setIsShown((shown) => !shown)}
        endIcon={<ExpandMoreRounded sx={{ transform: isShown ? 'rotate(180deg)' : 'none' }} />}
        sx={{ px: 1, color: 'text.secondary', fontSize: 13 }}
      >
        {t('team.archived')}
      </Button>
      {isShown && <ArchivedRows selectedId={selectedId} />}
    </Box>
  );
}

function ArchivedRows({ selectedId }: Selection) {
  const { t } = useTranslation();
  const list = useList({ archived: true, joined: true });
  if (isEmpty([list])) {
    return (
      <Typography variant="body2" color="textSecondary" sx={{ px: 1, py: 0.5 }}>
        {t('team.noArchived')}
      </Typography>
    );
  }
  return (
    <Box component="ul" aria-label={t('team.archived')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      <Rows lists={[list]} selectedId={selectedId} />
    </Box>
  );
}

function isEmpty(lists: readonly List[]): boolean {
  return lists.every(({ data }) => data && allConversations(data).length === 0);
}

function Rows({ lists, selectedId }: Selection & { lists: readonly List[] }) {
  const failed = lists.find(({ isError, data }) => isError && !data);
  if (failed) return <Failed list={failed} />;
  if (lists.some(({ isPending }) => isPending)) return <Loading />;
  const conversations = lists.flatMap(({ data }) => allConversations(data)).sort(byActivity);
  const more = lists.find(({ hasNextPage }) => hasNextPage);
  return (
    <>
      {conversations.map((conversation) => (
        <TeamConversationRow
          key={conversation.id}
          conversation={conversation}
          isSelected={conversation.id === selectedId}
        />
      ))}
      {more && (
        <li>
          <MoreButton list={more} />
        </li>
      )}
    </>
  );
}

const byActivity = (a: ConversationView, b: ConversationView) => (activityOf(a) < activityOf(b) ? 1 : -1);

function Failed({ list }: { list: List }) {
  const { t } = useTranslation();
  return (
    <li>
      <Alert
        severity="error"
        action={
          <Button color="inherit" size="small" onClick={() => void list.refetch()}>
            {t('common.retry')}
          </Button>
        }
      >
        {errorText(list.error, t)}
      </Alert>
    </li>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <Box component="li" aria-label={t('common.loading')} sx={{ px: 1 }}>
      <Skeleton height={36} width="80%" />
      <Skeleton height={36} width="60%" />
    </Box>
  );
}

function Agents() {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const canInvite = useCan('agent.manage');
  const { data, error, refetch } = useQuery(agentsQuery);
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  const others = data?.filter((agent) => agent.id !== selfId) ?? [];
  const isAlone = data !== undefined && others.length === 0;
  return (
    <Group
      title={t('team.agents')}
      action={
        isAlone &&
        canInvite && (
          <Button size="small" component={Link} to="/settings/agents">
            {t('team.invite')}
          </Button>
        )
      }
      empty={isAlone && t('team.onlyYou')}
    >
      {others.map((agent) => (
        <AgentRow key={agent.id} agent={agent} />
      ))}
    </Group>
  );
}
