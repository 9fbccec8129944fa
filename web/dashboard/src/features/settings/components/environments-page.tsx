import AddRounded from '@mui/icons-material/AddRounded';
import ChevronRightRounded from '@mui/icons-material/ChevronRightRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { NameDialog } from '../../../components/ui/name-dialog';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCan } from '../../../lib/self';
import { environmentsQuery } from '../../../lib/tenant-queries';
import { useCreateEnvironment } from '../api/settings-api';
import { SettingsPage } from './settings-page';

export function EnvironmentsPage() {
  const { t } = useTranslation();
  const canEdit = useCan('environment.edit');
  const navigate = useNavigate();
  const create = useCreateEnvironment();
  const [isCreating, setIsCreating] = useState(false);
  return (
    <SettingsPage
      title={t('settings.environments')}
      intro={t('environments.intro')}
      isReadOnly={!canEdit}
      action={
        canEdit && (
          <Button
            variant="contained"
            startIcon={<AddRounded />}
            onClick={() => setIsCreating(true)}
            sx={{ flexShrink: 0 }}
          >
            {t('environments.new')}
          </Button>
        )
      }
    >
      <Environments />
      <NameDialog
        isOpen={isCreating}
        title={t('environments.new')}
        label={t('environments.name')}
        hint={t('environments.nameHint')}
        isBusy={create.isPending}
        error={create.error}
        onClose={() => setIsCreating(false)}
        onName={(name) =>
          create.mutate(name, { onSuccess: ({ id }) => void navigate(`/settings/environments/${id}`) })
        }
      />
    </SettingsPage>
  );
}

function Environments() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(environmentsQuery);
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={140} />;
  if (data.length === 0) return <StateMessage title={t('environments.empty')} />;
  return (
    <List disablePadding aria-label={t('settings.environments')}>
      {data.map((environment) => (
        <ListItem key={environment.id} disablePadding sx={{ mb: 1.5 }}>
          <ListItemButton
            component={Link}
            to={`/settings/environments/${environment.id}`}
            sx={{ border: 1, borderColor: 'divider', borderRadius: 1.25, gap: 2 }}
          >
            <Box
              aria-hidden
              sx={{ width: 14, height: 14, borderRadius: '50%', bgcolor: environment.settings.widget.color }}
            />
            <ListItemText primary={environment.name} secondary={environment.pluginKey} />
            <ChevronRightRounded aria-hidden />
          </ListItemButton>
        </ListItem>
      ))}
    </List>
  );
}
