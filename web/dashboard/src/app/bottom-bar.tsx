import Badge from '@mui/material/Badge';
import BottomNavigation from '@mui/material/BottomNavigation';
import BottomNavigationAction from '@mui/material/BottomNavigationAction';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSections } from './use-sections';

export function BottomBar() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const sections = useSections();
  const current = sections.find((section) => pathname.startsWith(section.to))?.to ?? false;
  return (
    <Box
      component="nav"
      aria-label={t('app.sections')}
      sx={{ borderTop: 1, borderColor: 'divider', pb: 'env(safe-area-inset-bottom)' }}
    >
      <BottomNavigation showLabels value={current} sx={{ bgcolor: 'transparent' }}>
        {sections.map(({ to, label, icon, unread }) => (
          <BottomNavigationAction
            key={to}
            value={to}
            label={label}
            component={Link}
            to={to}
            // The longest word of the longest language still stands in one line at 320 px.
            sx={{ minWidth: 0, px: 0.25, '& .MuiBottomNavigationAction-label': labelSx }}
            aria-current={to === current ? 'page' : undefined}
            icon={
              <Badge badgeContent={unread || null} max={99} color="error">
                {icon}
              </Badge>
            }
          />
        ))}
      </BottomNavigation>
    </Box>
  );
}

const labelSx = {
  fontSize: 12,
  whiteSpace: 'nowrap',
  '&.Mui-selected': { fontSize: 12, fontWeight: 600 },
} as const;
