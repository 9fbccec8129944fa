import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import { useTranslation } from 'react-i18next';

export function PageLoading() {
  const { t } = useTranslation();
  return (
    <Box sx={{ display: 'grid', placeItems: 'center', height: '100%', minHeight: 240 }}>
      <CircularProgress size={28} aria-label={t('common.loading')} />
    </Box>
  );
}
