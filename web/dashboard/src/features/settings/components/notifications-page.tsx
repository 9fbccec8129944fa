import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RadioField } from '../../../components/ui/radio-field';
import { ErrorMessage } from '../../../components/ui/state-message';
import { askForDesktopNotices } from '../../../lib/signals';
import type { NotificationSettings } from '../../../lib/wire';
import { notificationsQuery, useUpdateNotifications } from '../api/notifications-api';
import { Devices } from './devices';
import { QuietHours } from './quiet-hours';
import { SettingsGroup, SettingsPage } from './settings-page';

const SUPPORT = ['all', 'mine', 'mentions', 'none'] as const;
const TEAM = ['all', 'mentions', 'none'] as const;
const WAYS = ['push', 'email', 'sound', 'desktop'] as const;

export function NotificationsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(notificationsQuery);
  return (
    <SettingsPage title={t('settings.notifications')} intro={t('notifications.intro')}>
      {data && <Choices settings={data} />}
      {!data && error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={320} aria-label={t('common.loading')} />}
      <Devices />
    </SettingsPage>
  );
}

function Choices({ settings }: { settings: NotificationSettings }) {
  const { t } = useTranslation();
  const { mutate } = useUpdateNotifications();
  return (
    <>
      <SettingsGroup title={t('notifications.what')}>
        <Stack direction={{ xs: 'column', sm: 'row' }} spacing={{ xs: 2.5, sm: 6 }}>
          <RadioField
            label={t('notifications.support')}
            value={settings.support}
            options={SUPPORT.map((value) => ({ value, label: t(`notifications.supportChoices.${value}`) }))}
            onChange={(support) => mutate({ support })}
          />
          <RadioField
            label={t('notifications.team')}
            value={settings.team}
            options={TEAM.map((value) => ({ value, label: t(`notifications.teamChoices.${value}`) }))}
            onChange={(team) => mutate({ team })}
          />
        </Stack>
      </SettingsGroup>
      <SettingsGroup title={t('notifications.where')} hint={t('notifications.whereHint')}>
        <Stack>
          {WAYS.map((way) => (
            <FormControlLabel
              key={way}
              control={
                <Switch
                  checked={settings[way]}
                  onChange={(_event, isOn) => {
                    if (way === 'desktop' && isOn) askForDesktopNotices();
                    mutate({ [way]: isOn });
                  }}
                />
              }
              label={t(`notifications.ways.${way}`)}
            />
          ))}
        </Stack>
      </SettingsGroup>
      <QuietHours hours={settings.quietHours} onChange={(quietHours) => mutate({ quietHours })} />
    </>
  );
}
