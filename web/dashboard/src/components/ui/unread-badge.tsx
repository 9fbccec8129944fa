import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Spoken } from './spoken';

const EXACT_TO = 99;

export function UnreadBadge({ count }: { count: number }) {
  const { t } = useTranslation();
  const label = count > EXACT_TO ? t('inbox.unreadMany') : t('inbox.unread', { count });
  return <CountBadge count={count} label={label} />;
}

/** Nothing while there is nothing to count. */
export function CountBadge({ count, label }: { count: number; label: string }) {
  if (count === 0) return null;
  return (
    <Box
      component="span"
      sx={{
        flexShrink: 0,
        minWidth: 20,
        height: 20,
        px: 0.75,
        borderRadius: 10,
        bgcolor: 'primary.main',
        color: 'primary.contrastText',
        fontSize: 12,
        fontWeight: 700,
        lineHeight: '20px',
        textAlign: 'center',
      }}
    >
      <span aria-hidden>{count > EXACT_TO ? `${EXACT_TO}+` : count}</span>
      <Spoken>{label}</Spoken>
    </Box>
  );
}
