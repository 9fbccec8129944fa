import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useTranslation } from 'react-i18next';

const BUBBLES = [
  { side: 'flex-start', width: '46%' },
  { side: 'flex-start', width: '32%' },
  { side: 'flex-end', width: '52%' },
  { side: 'flex-start', width: '38%' },
  { side: 'flex-end', width: '28%' },
] as const;

export function PaneLoading() {
  const { t } = useTranslation();
  return (
    <Box
      role="status"
      aria-label={t('common.loading')}
      sx={{
        flex: 1,
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'flex-end',
        gap: 1.5,
        p: 3,
      }}
    >
      {BUBBLES.map(({ side, width }) => (
        <Skeleton
          key={width}
          variant="rounded"
          height={44}
          width={width}
          sx={{ alignSelf: side, borderRadius: 2 }}
        />
      ))}
    </Box>
  );
}
