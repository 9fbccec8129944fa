import GppMaybeOutlined from '@mui/icons-material/GppMaybeOutlined';
import PersonOutlineOutlined from '@mui/icons-material/PersonOutlineOutlined';
import VerifiedUserOutlined from '@mui/icons-material/VerifiedUserOutlined';
import Chip from '@mui/material/Chip';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import type { UserIdentity } from '../../../lib/wire';

const LOOKS = {
  anonymous: { icon: <PersonOutlineOutlined />, color: 'default' },
  claimed: { icon: <GppMaybeOutlined />, color: 'warning' },
  verified: { icon: <VerifiedUserOutlined />, color: 'success' },
} as const;

/** How far a user may be believed to be who they say; agents decide by it what to tell. */
export function IdentityChip({ identity }: { identity: UserIdentity }) {
  const { t } = useTranslation();
  const { icon, color } = LOOKS[identity];
  return (
    <Tooltip title={t(`user.${identity}Hint`)}>
      <Chip
        size="small"
        variant="outlined"
        icon={icon}
        color={color}
        label={t(`user.${identity}`)}
        tabIndex={0}
      />
    </Tooltip>
  );
}
