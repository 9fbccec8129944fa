import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { ErrorMessage } from '../../../components/ui/state-message';
import { pushPermission, rememberedDevice } from '../../../lib/push';
import { dateTime } from '../../../lib/time';
import type { PushSubscriptionView } from '../../../lib/wire';
import { devicesQuery, useAddThisDevice, useRemoveDevice } from '../api/notifications-api';
import { deviceName } from '../hooks/device-name';
import { SettingsGroup } from './settings-page';

/** The browsers that are reached while the dashboard is closed. */
export function Devices() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(devicesQuery);
  const isOn = data?.some(({ id }) => id === rememberedDevice()) ?? false;
  return (
    <SettingsGroup title={t('notifications.devices')} hint={t('notifications.devicesHint')}>
      <Stack spacing={2}>
        {error && !data && <ErrorMessage error={error} onRetry={() => void refetch()} />}
        {data && !isOn && <ThisDevice />}
        {data?.length === 0 && (
          <Typography variant="body2" color="textSecondary">
            {t('notifications.noDevices')}
          </Typography>
        )}
        <List disablePadding aria-label={t('notifications.devices')}>
          {data?.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </List>
      </Stack>
    </SettingsGroup>
  );
}

function ThisDevice() {
  const { t } = useTranslation();
  const add = useAddThisDevice();
  const permission = add.data ?? pushPermission();
  if (permission === 'unsupported') return <Alert severity="info">{t('notifications.unsupported')}</Alert>;
  if (permission === 'denied') return <Alert severity="warning">{t('notifications.denied')}</Alert>;
  return (
    <Stack spacing={1.5} sx={{ alignItems: 'flex-start' }}>
      <FormError error={add.error} />
      <Button variant="contained" loading={add.isPending} onClick={() => add.mutate()}>
        {t('notifications.addThisDevice')}
      </Button>
    </Stack>
  );
}

function Device({ device }: { device: PushSubscriptionView }) {
  const { t, i18n } = useTranslation();
  const remove = useRemoveDevice();
  const name = deviceName(device.userAgent) ?? t('notifications.unknownDevice');
  return (
    <ListItem
      disableGutters
      secondaryAction={
        <Button
          color="error"
          loading={remove.isPending}
          aria-label={t('notifications.removeDevice', { name })}
          onClick={() => remove.mutate(device.id)}
        >
          {t('agents.remove')}
        </Button>
      }
    >
      <ListItemText
        primary={
          <>
            {name}
            {device.id === rememberedDevice() && (
              <Chip size="small" label={t('notifications.thisDevice')} sx={{ ml: 1 }} />
            )}
          </>
        }
        secondary={t('notifications.since', { time: dateTime(device.createdAt, i18n.language) })}
        sx={{ pr: 10 }}
      />
    </ListItem>
  );
}
