import AddRounded from '@mui/icons-material/AddRounded';
import Groups2Rounded from '@mui/icons-material/Groups2Rounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCan } from '../../../lib/self';
import { agentsQuery, teamsQuery } from '../../../lib/tenant-queries';
import type { AgentView, TeamView } from '../../../lib/wire';
import { useRemoveTeam } from '../api/teams-api';
import { LineActions } from './line-actions';
import { SettingsPage } from './settings-page';
import { TeamDialog } from './team-dialog';

/** As many faces as fit beside each other on a phone. */
const FACES = 5;

export function TeamsPage() {
  const { t } = useTranslation();
  const canManage = useCan('team.manage');
  const [edited, setEdited] = useState<TeamView | 'new' | null>(null);
  const create = () => setEdited('new');
  return (
    <SettingsPage
      title={t('settings.teams')}
      intro={t('teams.intro')}
      isReadOnly={!canManage}
      action={
        canManage && (
          <Button variant="contained" startIcon={<AddRounded />} onClick={create} sx={{ flexShrink: 0 }}>
            {t('teams.new')}
          </Button>
        )
      }
    >
      <Teams onEdit={setEdited} />
      {edited && <TeamDialog team={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />}
    </SettingsPage>
  );
}

function Teams({ onEdit }: { onEdit: (team: TeamView) => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(teamsQuery);
  const [removed, setRemoved] = useState<TeamView | null>(null);
  const remove = useRemoveTeam();
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={160} aria-label={t('common.loading')} />;
  if (data.length === 0)
    return <StateMessage icon={<Groups2Rounded />} title={t('teams.empty')} text={t('teams.emptyText')} />;
  return (
    <Box component="ul" aria-label={t('settings.teams')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {data.map((team) => (
        <TeamLine key={team.id} team={team} onEdit={() => onEdit(team)} onRemove={() => setRemoved(team)} />
      ))}
      <ConfirmDialog
        isOpen={removed !== null}
        title={t('teams.removeTitle', { name: removed?.name ?? '' })}
        text={t('teams.removeText')}
        confirmLabel={t('common.delete')}
        isBusy={remove.isPending}
        error={remove.error}
        onClose={() => setRemoved(null)}
        onConfirm={() => removed && remove.mutate(removed.id, { onSuccess: () => setRemoved(null) })}
      />
    </Box>
  );
}

function TeamLine({ team, onEdit, onRemove }: { team: TeamView; onEdit: () => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const canManage = useCan('team.manage');
  const { name, description } = team;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'flex-start',
        gap: 1,
        py: 2,
        borderBottom: 1,
        borderColor: 'divider',
        '&:last-of-type': { borderBottom: 0 },
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box component="h2" sx={{ typography: 'h3', m: 0 }}>
          {name}
        </Box>
        {description && <Box sx={{ fontSize: 13.5, color: 'text.secondary', mt: 0.25 }}>{description}</Box>}
        <Members team={team} />
      </Box>
      {canManage && (
        <LineActions
          editTitle={t('teams.edit')}
          editLabel={t('teams.editOf', { name })}
          removeLabel={t('teams.removeOf', { name })}
          onEdit={onEdit}
          onRemove={onRemove}
        />
      )}
    </Box>
  );
}

function Members({ team: { agentIds } }: { team: TeamView }) {
  const { t, i18n } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const members = agentIds.flatMap((id) => agents.find((agent) => agent.id === id) ?? []);
  if (agentIds.length === 0)
    return <Box sx={{ fontSize: 13, color: 'text.secondary', mt: 1 }}>{t('teams.nobody')}</Box>;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25, mt: 1 }}>
      <Faces agents={members.slice(0, FACES)} />
      <Box sx={{ fontSize: 13, color: 'text.secondary', minWidth: 0 }}>
        {members.length > 0
          ? new Intl.ListFormat(i18n.language).format(members.map(({ name }) => name))
          : t('teams.members', { count: agentIds.length })}
      </Box>
    </Box>
  );
}

function Faces({ agents }: { agents: readonly AgentView[] }) {
  return (
    <Box sx={{ display: 'flex', flexShrink: 0, '& > * + *': { ml: -0.75 } }}>
      {agents.map(({ id, name, avatarUrl }) => (
        <PersonAvatar key={id} id={id} name={name} avatarUrl={avatarUrl} size={26} />
      ))}
    </Box>
  );
}
