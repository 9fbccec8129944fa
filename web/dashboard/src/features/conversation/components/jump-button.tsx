import ArrowDownwardRounded from '@mui/icons-material/ArrowDownwardRounded';
import Fab from '@mui/material/Fab';
import { useTranslation } from 'react-i18next';

export function JumpButton({ news, onJump }: { news: number; onJump: () => void }) {
  const { t } = useTranslation();
  const text = news > 0 ? t('conversation.jumpNew', { count: news }) : undefined;
  return (
    <Fab
      size="small"
      variant={text ? 'extended' : 'circular'}
      color={text ? 'primary' : 'default'}
      aria-label={text ?? t('conversation.jumpEnd')}
      onClick={onJump}
      sx={{
        position: 'absolute',
        bottom: 12,
        left: '50%',
        transform: 'translateX(-50%)',
        gap: 0.75,
        boxShadow: 3,
        zIndex: 1,
        ...(text ? { px: 2 } : { bgcolor: 'background.paper', color: 'text.primary' }),
      }}
    >
      <ArrowDownwardRounded sx={{ fontSize: 18 }} />
      {text}
    </Fab>
  );
}
