import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ThreePanes } from '../../components/ui/three-panes';
import { SettingsMenu } from '../../features/settings/components/settings-menu';
import { UnsavedQuestion } from '../../features/settings/components/unsaved-question';

export function SettingsRoute() {
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const isMenu = /^\/settings\/?$/.test(useLocation().pathname);
  if (isMenu && isWide) return <Navigate to="/settings/profile" replace />;
  return (
    <ThreePanes
      list={<SettingsMenu />}
      isListOnly={isMenu}
      content={
        <Box sx={{ height: '100%', overflowY: 'auto' }}>
          <Outlet />
          <UnsavedQuestion />
        </Box>
      }
    />
  );
}
