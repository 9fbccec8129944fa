import BlockRounded from '@mui/icons-material/BlockRounded';
import Alert from '@mui/material/Alert';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { userQuery } from '../../../lib/user-queries';

/** Whoever answers should know that no answer will come back. */
export function BlockedNote({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const { data: user } = useQuery(userQuery(userId));
  if (!user?.blockedAt) return null;
  return (
    <Alert
      severity="warning"
      icon={<BlockRounded fontSize="small" />}
      sx={{ mx: { xs: 1, sm: 2 }, mb: 1, py: 0 }}
    >
      {t('user.blockedNote')}
    </Alert>
  );
}
