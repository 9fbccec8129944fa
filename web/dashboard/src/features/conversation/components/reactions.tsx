import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../lib/wire';

interface ReactionsProps extends Pick<MessageView, 'reactions'> {
  isOurs: boolean;
}

export function Reactions({ reactions, isOurs }: ReactionsProps) {
  const { t } = useTranslation();
  if (reactions.length === 0) return null;
  return (
    <Box
      component="ul"
      aria-label={t('conversation.reactions')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        justifyContent: isOurs ? 'flex-end' : 'flex-start',
        gap: 0.5,
        m: 0,
        mt: 0.5,
        p: 0,
        listStyle: 'none',
      }}
    >
      {reactions.map(({ emoji, count }) => (
        <Chip key={emoji}>{`${emoji} ${count}`}</Chip>
      ))}
    </Box>
  );
}

function Chip({ children }: { children: string }) {
  return (
    <Box
      component="li"
      sx={{
        px: 1,
        py: '1px',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 999,
        bgcolor: 'background.paper',
        fontSize: 12.5,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {children}
    </Box>
  );
}
