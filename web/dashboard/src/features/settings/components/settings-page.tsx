import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTitle } from '../../../lib/use-title';

interface SettingsPageProps {
  title: string;
  intro?: string;
  backTo?: { label: string; address: string };
  action?: ReactNode;
  /** Says why everything on it is disabled. */
  isReadOnly?: boolean;
  children: ReactNode;
}

export function SettingsPage({ title, intro, backTo, action, isReadOnly, children }: SettingsPageProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const back = backTo ?? (isWide ? undefined : { label: t('settings.title'), address: '/settings' });
  useTitle(title);
  return (
    <Box sx={{ maxWidth: 760, mx: { md: 'auto' }, px: { xs: 2, sm: 4 }, py: { xs: 2, sm: 4 } }}>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mb: 3 }}>
        {back && (
          <IconButton
            component={Link}
            to={back.address}
            aria-label={back.label}
            edge="start"
            sx={{ mt: -0.75 }}
          >
            <ArrowBackRounded />
          </IconButton>
        )}
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h1">{title}</Typography>
          {intro && (
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
              {intro}
            </Typography>
          )}
        </Box>
        {action}
      </Box>
      {isReadOnly && (
        <Alert severity="info" sx={{ mb: 3 }}>
          {t('settings.readOnly')}
        </Alert>
      )}
      {children}
    </Box>
  );
}

interface SettingsGroupProps {
  title: string;
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** What belongs together, under one heading. */
export function SettingsGroup({ title, hint, action, children }: SettingsGroupProps) {
  return (
    <Box
      component="section"
      sx={{ py: 3, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0, pt: 0 } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: 2, mb: 2 }}>
        <Box>
          <Typography variant="h2">{title}</Typography>
          {hint && (
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.25 }}>
              {hint}
            </Typography>
          )}
        </Box>
        {action}
      </Box>
      {children}
    </Box>
  );
}
