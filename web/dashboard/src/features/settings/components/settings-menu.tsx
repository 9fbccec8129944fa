import ApartmentRounded from '@mui/icons-material/ApartmentRounded';
import DnsRounded from '@mui/icons-material/DnsRounded';
import GroupRounded from '@mui/icons-material/GroupRounded';
import Groups2Rounded from '@mui/icons-material/Groups2Rounded';
import PendingActionsRounded from '@mui/icons-material/PendingActionsRounded';
import NotificationsRounded from '@mui/icons-material/NotificationsRounded';
import PersonRounded from '@mui/icons-material/PersonRounded';
import QuickreplyRounded from '@mui/icons-material/QuickreplyRounded';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { isAllowed, type Permission } from '../../../lib/permissions';
import { useSelf } from '../../../lib/self';

interface MenuEntry {
  path:
    'profile' | 'notifications' | 'organization' | 'agents' | 'teams' | 'replies' | 'environments' | 'queues';
  icon: ReactNode;
  /** Without it the page has nothing to show. */
  permission?: Permission;
}

const PAGES: readonly MenuEntry[] = [
  { path: 'profile', icon: <PersonRounded /> },
  { path: 'notifications', icon: <NotificationsRounded /> },
  { path: 'organization', icon: <ApartmentRounded /> },
  { path: 'agents', icon: <GroupRounded /> },
  { path: 'teams', icon: <Groups2Rounded /> },
  { path: 'replies', icon: <QuickreplyRounded /> },
  { path: 'environments', icon: <DnsRounded /> },
  { path: 'queues', icon: <PendingActionsRounded />, permission: 'queue.read' },
];

export function SettingsMenu() {
  const { t } = useTranslation();
  const { role } = useSelf();
  const pages = PAGES.filter(({ permission }) => !permission || isAllowed(role, permission));
  return (
    <Box sx={{ height: '100%', overflowY: 'auto' }}>
      <Typography variant="h1" sx={{ px: 2, pt: 2, pb: 1 }}>
        {t('settings.title')}
      </Typography>
      <List component="nav" aria-label={t('settings.sections')} sx={{ px: 1 }}>
        {pages.map(({ path, icon }) => (
          <ListItem key={path} disablePadding component="div">
            <ListItemButton
              component={NavLink}
              to={`/settings/${path}`}
              sx={{
                borderRadius: 1,
                minHeight: 44,
                '&.active': { bgcolor: 'primary.light', fontWeight: 600 },
                '&.active .MuiListItemIcon-root': { color: 'primary.main' },
              }}
            >
              <ListItemIcon sx={{ minWidth: 40 }}>{icon}</ListItemIcon>
              <ListItemText primary={t(`settings.${path}`)} />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </Box>
  );
}
