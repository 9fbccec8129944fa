import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCan } from '../../../lib/self';
import { environmentsQuery } from '../../../lib/tenant-queries';
import type { EnvironmentView } from '../../../lib/wire';
import { ApiKeys } from './api-keys';
import { EnvironmentGeneral } from './environment-general';
import { EnvironmentHours } from './environment-hours';
import { EnvironmentInstall } from './environment-install';
import { EnvironmentModeration } from './environment-moderation';
import { EnvironmentSecurity } from './environment-security';
import { EnvironmentWidget } from './environment-widget';
import { SettingsPage } from './settings-page';
import { Webhooks } from './webhooks';

const TABS = ['general', 'widget', 'hours', 'security', 'moderation', 'keys', 'webhooks', 'install'] as const;
type TabName = (typeof TABS)[number];

export function EnvironmentPage() {
  const { t } = useTranslation();
  const { environmentId } = useParams();
  const canEdit = useCan('environment.edit');
  const { data, error, refetch } = useQuery(environmentsQuery);
  const environment = data?.find((one) => one.id === environmentId);
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (data && !environment) return <StateMessage role="alert" title={t('errors.notFound')} />;
  return (
    <SettingsPage
      title={environment?.name ?? t('common.loading')}
      backTo={{ label: t('environments.all'), address: '/settings/environments' }}
      isReadOnly={!canEdit}
    >
      {environment ? (
        <EnvironmentTabs environment={environment} />
      ) : (
        <Skeleton variant="rounded" height={240} />
      )}
    </SettingsPage>
  );
}

function EnvironmentTabs({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'general';
  return (
    <>
      <Tabs
        value={tab}
        variant="scrollable"
        allowScrollButtonsMobile
        onChange={(_event, next: TabName) => setParams({ tab: next }, { replace: true })}
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 3 }}
      >
        {TABS.map((one) => (
          <Tab
            key={one}
            value={one}
            label={t(`environments.${one}`)}
            id={`tab-${one}`}
            aria-controls={`panel-${one}`}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
        <TabContent tab={tab} environment={environment} />
      </Box>
    </>
  );
}

function TabContent({ tab, environment }: { tab: TabName; environment: EnvironmentView }) {
  switch (tab) {
    case 'general':
      return <EnvironmentGeneral environment={environment} />;
    case 'widget':
      return <EnvironmentWidget environment={environment} />;
    case 'hours':
      return <EnvironmentHours environment={environment} />;
    case 'security':
      return <EnvironmentSecurity environment={environment} />;
    case 'moderation':
      return <EnvironmentModeration environment={environment} />;
    case 'keys':
      return <ApiKeys environmentId={environment.id} />;
    case 'webhooks':
      return <Webhooks environmentId={environment.id} />;
    case 'install':
      return <EnvironmentInstall environment={environment} />;
  }
}
