import PersonAddAltRounded from '@mui/icons-material/PersonAddAltRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import PersonRemoveOutlined from '@mui/icons-material/PersonRemoveOutlined';
import Select from '@mui/material/Select';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { AgentAvatar } from '../../../components/ui/agent-presence';
import { ErrorMessage } from '../../../components/ui/state-message';
import { showError } from '../../../components/ui/toast';
import { canGrant, ROLES } from '../../../lib/permissions';
import { useCan, useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { AgentView } from '../../../lib/wire';
import { useChangeRole, useRemoveAgent } from '../api/settings-api';
import { InviteDialog } from './invite-dialog';
import { Invitations } from './invitations';
import { SettingsGroup, SettingsPage } from './settings-page';

export function AgentsPage() {
  const { t } = useTranslation();
  const canManage = useCan('agent.manage');
  const [isInviting, setIsInviting] = useState(false);
  return (
    <SettingsPage
      title={t('settings.agents')}
      intro={t('agents.intro')}
      isReadOnly={!canManage}
      action={
        canManage && (
          <Button
            variant="contained"
            startIcon={<PersonAddAltRounded />}
            onClick={() => setIsInviting(true)}
            sx={{ flexShrink: 0 }}
          >
            {t('agents.invite')}
          </Button>
        )
      }
    >
      <SettingsGroup title={t('agents.list')}>
        <Agents />
      </SettingsGroup>
      {canManage && <Invitations />}
      <InviteDialog isOpen={isInviting} onClose={() => setIsInviting(false)} />
    </SettingsPage>
  );
}

function Agents() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(agentsQuery);
  const [leaving, setLeaving] = useState<AgentView | null>(null);
  const remove = useRemoveAgent();
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={160} />;
  return (
    <Box component="ul" aria-label={t('agents.list')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {data.map((agent) => (
        <AgentLine key={agent.id} agent={agent} onRemove={() => setLeaving(agent)} />
      ))}
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('agents.removeTitle', { name: leaving?.name ?? '' })}
        text={t('agents.removeText')}
        confirmLabel={t('agents.remove')}
        isBusy={remove.isPending}
        error={remove.error}
        errorTexts={{ 'common.conflict': t('agents.lastOwner') }}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && remove.mutate(leaving.id, { onSuccess: () => setLeaving(null) })}
      />
    </Box>
  );
}

function AgentLine({ agent, onRemove }: { agent: AgentView; onRemove: () => void }) {
  const { t } = useTranslation();
  const self = useSelf();
  const canManage = useCan('agent.manage');
  const isSelf = agent.id === self.id;
  const isManageable = canManage && !isSelf && canGrant(self.role, agent.role);
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1.5,
        py: 1.25,
        borderBottom: 1,
        borderColor: 'divider',
        '&:last-of-type': { borderBottom: 0 },
      }}
    >
      <AgentAvatar agent={agent} size={38} />
      <Box sx={{ flex: '1 1 120px', minWidth: 0 }}>
        <Box sx={{ fontWeight: 600, fontSize: 14.5 }}>
          {isSelf ? t('common.you', { name: agent.name }) : agent.name}
        </Box>
        <Box
          sx={{ fontSize: 13, color: 'text.secondary', overflow: 'hidden', textOverflow: 'ellipsis' }}
          title={agent.email}
        >
          {agent.email}
        </Box>
      </Box>
      {isManageable ? (
        <RolePicker agent={agent} />
      ) : (
        <Box sx={{ fontSize: 14, px: 1.5 }}>{t(`roles.${agent.role}`)}</Box>
      )}
      {isManageable && (
        <Tooltip title={t('agents.remove')}>
          <IconButton aria-label={t('agents.removeOf', { name: agent.name })} onClick={onRemove}>
            <PersonRemoveOutlined />
          </IconButton>
        </Tooltip>
      )}
    </Box>
  );
}

function RolePicker({ agent }: { agent: AgentView }) {
  const { t } = useTranslation();
  const self = useSelf();
  const change = useChangeRole();
  return (
    <Select
      value={agent.role}
      disabled={change.isPending}
      inputProps={{ 'aria-label': t('agents.roleOf', { name: agent.name }) }}
      onChange={(event) => change.mutate({ id: agent.id, role: event.target.value }, { onError: showError })}
      renderValue={(role) => t(`roles.${role}`)}
      sx={{ minWidth: 110, fontSize: 14 }}
    >
      {ROLES.filter((role) => canGrant(self.role, role)).map((role) => (
        <MenuItem key={role} value={role} sx={{ display: 'block' }}>
          {t(`roles.${role}`)}
          <Box sx={{ fontSize: 12.5, color: 'text.secondary' }}>{t(`roles.${role}Hint`)}</Box>
        </MenuItem>
      ))}
    </Select>
  );
}
