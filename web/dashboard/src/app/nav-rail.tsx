import KeyboardCommandKeyRounded from '@mui/icons-material/KeyboardCommandKeyRounded';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { KeyCaps } from '../components/ui/key-caps';
import { Spoken } from '../components/ui/spoken';
import { infoOf, offerOf } from '../lib/commands';
import { AgentMenu } from './agent-menu';
import { useSections, type Section } from './use-sections';

export function NavRail() {
  const { t } = useTranslation();
  const sections = useSections();
  return (
    <Box
      component="nav"
      aria-label={t('app.sections')}
      sx={{
        width: 76,
        flexShrink: 0,
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        gap: 0.5,
        py: 1.5,
        bgcolor: 'surface.rail',
        color: 'surface.railText',
      }}
    >
      <Box
        component="img"
        src={`${import.meta.env.BASE_URL}favicon.svg`}
        alt=""
        sx={{ width: 34, height: 34, mb: 1.5 }}
      />
      {sections.map((section) => (
        <RailLink key={section.to} {...section} />
      ))}
      <Box sx={{ flex: 1 }} />
      <PaletteButton />
      <AgentMenu />
    </Box>
  );
}

/** For those who do not know the keys yet. */
function PaletteButton() {
  const { t } = useTranslation();
  return (
    <Tooltip title={<KeyCaps keys={infoOf('palette').keys[0]!} />} placement="right">
      <IconButton
        aria-label={t('commands.palette')}
        onClick={() => offerOf('palette')?.()}
        sx={{ mb: 1, color: 'inherit', '&:hover': { color: '#fff' } }}
      >
        <KeyboardCommandKeyRounded fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}

function RailLink({ to, label, icon, unread }: Section) {
  const { t } = useTranslation();
  return (
    <ButtonBase
      component={NavLink}
      to={to}
      sx={{
        width: 68,
        py: 1,
        borderRadius: 1.25,
        display: 'flex',
        flexDirection: 'column',
        gap: 0.5,
        fontSize: 11.5,
        fontWeight: 600,
        color: 'inherit',
        '&:hover': { bgcolor: 'rgba(255,255,255,0.07)', color: '#fff' },
        '&.active': { bgcolor: 'rgba(255,255,255,0.13)', color: '#fff' },
        '&.Mui-focusVisible': { outlineColor: '#93abff' },
      }}
    >
      <Badge
        badgeContent={unread || null}
        max={99}
        color="error"
        slotProps={{ badge: { 'aria-hidden': true } }}
      >
        {icon}
      </Badge>
      {label}
      {unread > 0 && <Spoken>, {t('app.unreadBadge', { count: unread })}</Spoken>}
    </ButtonBase>
  );
}
