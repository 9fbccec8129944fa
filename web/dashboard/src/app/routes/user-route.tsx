import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { UserPanel } from '../../features/users/components/user-panel';
import { useTitle } from '../../lib/use-title';

/** A user by themselves, wherever one has come from. */
export function UserRoute() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { userId = '' } = useParams();
  useTitle(t('user.title'));
  return (
    <Box component="section" aria-label={t('user.title')} sx={{ height: '100%', overflowY: 'auto' }}>
      <Box sx={{ maxWidth: 640, mx: 'auto' }}>
        <Box component="header" sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 1.5, height: 64 }}>
          <IconButton aria-label={t('common.back')} onClick={() => void navigate(-1)}>
            <ArrowBackRounded />
          </IconButton>
          <Typography variant="h1">{t('user.profile')}</Typography>
        </Box>
        <UserPanel key={userId} userId={userId} />
      </Box>
    </Box>
  );
}
