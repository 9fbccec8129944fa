import DesktopWindowsOutlined from '@mui/icons-material/DesktopWindowsOutlined';
import PhoneIphoneOutlined from '@mui/icons-material/PhoneIphoneOutlined';
import TabletMacOutlined from '@mui/icons-material/TabletMacOutlined';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useTranslation } from 'react-i18next';
import { PanelSection } from '../../../components/ui/panel-section';
import { relativeTime } from '../../../lib/time';
import type { DeviceView, PageView, UserView } from '../../../lib/wire';

const ICONS = {
  desktop: DesktopWindowsOutlined,
  mobile: PhoneIphoneOutlined,
  tablet: TabletMacOutlined,
};

/** Where on the company's site, and with what. */
export function Whereabouts({ user }: { user: UserView }) {
  const { t } = useTranslation();
  if (!user.page && user.devices.length === 0) return null;
  return (
    <PanelSection title={t('user.whereabouts')}>
      {user.page && <CurrentPage page={user.page} />}
      {user.devices.map((device) => (
        <Device key={`${device.kind} ${device.browser} ${device.os}`} device={device} />
      ))}
    </PanelSection>
  );
}

function CurrentPage({ page }: { page: PageView }) {
  const { i18n } = useTranslation();
  return (
    <Box sx={{ mb: 1.25, fontSize: 14, overflowWrap: 'anywhere' }}>
      <Link href={page.url} target="_blank" rel="noopener noreferrer">
        {page.title ?? shortAddress(page.url)}
      </Link>
      <Box sx={{ fontSize: 12.5, color: 'text.secondary' }}>
        {page.title && `${shortAddress(page.url)} · `}
        {relativeTime(page.at, i18n.language)}
      </Box>
    </Box>
  );
}

/** Without what is the same on all of them, and without what only machines read. */
function shortAddress(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname === '/' ? '' : pathname}`;
}

function Device({ device }: { device: DeviceView }) {
  const { t, i18n } = useTranslation();
  const Icon = ICONS[device.kind];
  const names = [device.browser, device.os].filter((name) => name !== null);
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25, minHeight: 34, fontSize: 14 }}>
      <Icon
        fontSize="small"
        titleAccess={t(`user.devices.${device.kind}`)}
        sx={{ color: 'text.secondary' }}
      />
      <Box sx={{ flex: 1, minWidth: 0 }}>{names.join(' · ') || t(`user.devices.${device.kind}`)}</Box>
      <Box sx={{ fontSize: 12.5, color: 'text.secondary' }}>
        {relativeTime(device.lastSeenAt, i18n.language)}
      </Box>
    </Box>
  );
}
