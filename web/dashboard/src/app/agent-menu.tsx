import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import CircleRounded from '@mui/icons-material/CircleRounded';
import CheckRounded from '@mui/icons-material/CheckRounded';
import LogoutRounded from '@mui/icons-material/LogoutRounded';
import PersonRounded from '@mui/icons-material/PersonRounded';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PersonAvatar } from '../components/ui/person-avatar';
import { Spoken } from '../components/ui/spoken';
import { showError } from '../components/ui/toast';
import { useUpdateSelf } from '../lib/agent-mutations';
import { statusLine } from '../lib/agent-status';
import { AVAILABILITIES, AVAILABILITY_COLORS } from '../lib/availability';
import { useSelf } from '../lib/self';
import { useSessionStore } from '../lib/session';
import { signOut } from '../lib/sign-out';

export function AgentMenu() {
  const { t } = useTranslation();
  const self = useSelf();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <IconButton aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        <Box sx={{ position: 'relative' }}>
          <PersonAvatar id={self.id} name={self.name} avatarUrl={self.avatarUrl} size={38} />
          <CircleRounded
            aria-hidden
            sx={{
              position: 'absolute',
              right: -3,
              bottom: -3,
              fontSize: 15,
              color: AVAILABILITY_COLORS[self.availability],
              borderRadius: '50%',
              border: '2px solid',
              borderColor: 'surface.rail',
              bgcolor: 'surface.rail',
            }}
          />
        </Box>
        <Spoken>
          {t('app.more')}: {self.name}
        </Spoken>
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { sx: { minWidth: 230 } } }}
      >
        <Identity />
        <Divider sx={{ my: 0.5 }} />
        <AvailabilityItems onChosen={close} />
        <Divider sx={{ my: 0.5 }} />
        <MenuItem component={Link} to="/settings/profile" onClick={close}>
          <ListItemIcon>
            <PersonRounded fontSize="small" />
          </ListItemIcon>
          {t('settings.profile')}
        </MenuItem>
        <MenuItem onClick={signOut}>
          <ListItemIcon>
            <LogoutRounded fontSize="small" />
          </ListItemIcon>
          {t('auth.signOut')}
        </MenuItem>
      </Menu>
    </>
  );
}

function Identity() {
  const self = useSelf();
  const organization = useSessionStore((state) => state.session?.organization.name);
  const { t, i18n } = useTranslation();
  const status = statusLine(self, t, i18n.language);
  return (
    <Box sx={{ px: 2, py: 1 }}>
      <Typography variant="h3" component="p">
        {self.name}
      </Typography>
      <Typography variant="caption" color="textSecondary">
        {organization}
      </Typography>
      {status && (
        <Typography variant="body2" sx={{ mt: 0.5, maxWidth: 260 }}>
          {status}
        </Typography>
      )}
    </Box>
  );
}

function AvailabilityItems({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation();
  const self = useSelf();
  const update = useUpdateSelf();
  return AVAILABILITIES.map(({ value, label }) => (
    <MenuItem
      key={value}
      role="menuitemradio"
      aria-checked={self.availability === value}
      onClick={() => {
        update.mutate({ availability: value }, { onError: showError });
        onChosen();
      }}
    >
      <ListItemIcon>
        <CircleRounded sx={{ fontSize: 12, color: AVAILABILITY_COLORS[value] }} />
      </ListItemIcon>
      <Box sx={{ flex: 1 }}>{t(label)}</Box>
      {self.availability === value && <CheckRounded fontSize="small" />}
    </MenuItem>
  ));
}
