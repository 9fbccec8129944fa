import Button from '@mui/material/Button';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { ErrorMessage } from '../../../components/ui/state-message';
import { dateTime } from '../../../lib/time';
import { invitationsQuery, useRevokeInvitation, type OpenInvitation } from '../api/settings-api';
import { SettingsGroup } from './settings-page';

export function Invitations() {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery(invitationsQuery);
  const [revoking, setRevoking] = useState<OpenInvitation | null>(null);
  const revoke = useRevokeInvitation();
  return (
    <SettingsGroup title={t('agents.invitations')}>
      {error && !data && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('agents.noInvitations')}
        </Typography>
      )}
      <List disablePadding aria-label={t('agents.invitations')}>
        {data?.map((invitation) => (
          <ListItem
            key={invitation.id}
            disableGutters
            secondaryAction={<Button onClick={() => setRevoking(invitation)}>{t('agents.revoke')}</Button>}
          >
            <ListItemText
              primary={invitation.email}
              secondary={`${t(`roles.${invitation.role}`)} · ${t('agents.expires', {
                time: dateTime(invitation.expiresAt, i18n.language),
              })}`}
              sx={{ pr: 8 }}
            />
          </ListItem>
        ))}
      </List>
      <ConfirmDialog
        isOpen={revoking !== null}
        title={t('agents.revokeTitle', { email: revoking?.email ?? '' })}
        text={t('agents.revokeText')}
        confirmLabel={t('agents.revoke')}
        isBusy={revoke.isPending}
        error={revoke.error}
        onClose={() => setRevoking(null)}
        onConfirm={() => revoking && revoke.mutate(revoking.id, { onSuccess: () => setRevoking(null) })}
      />
    </SettingsGroup>
  );
}
