import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useTranslation } from 'react-i18next';

const ROWS = [70, 45, 60, 52, 66, 40];

export function RowsLoading() {
  const { t } = useTranslation();
  return (
    <Box role="status" aria-label={t('common.loading')} sx={{ px: 2 }}>
      {ROWS.map((width) => (
        <Box key={width} sx={{ display: 'flex', gap: 1.5, py: 1.75 }}>
          <Skeleton variant="circular" width={40} height={40} />
          <Box sx={{ flex: 1 }}>
            <Skeleton width={`${width}%`} />
            <Skeleton width="90%" />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
