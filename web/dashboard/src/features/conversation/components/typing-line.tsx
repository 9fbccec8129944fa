import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { userName } from '../../../lib/conversations/conversation-name';
import type { PersonView } from '../../../lib/wire';

/** Keeps its height when nobody types: the timeline must not jump. */
export function TypingLine({ typing }: { typing: readonly PersonView[] }) {
  const { t } = useTranslation();
  const names = typing.map((person) => userName(person, t)).join(', ');
  return (
    <Box
      role="status"
      sx={{ height: 22, px: { xs: 2, sm: 3 }, fontSize: 12.5, color: 'text.secondary', overflow: 'hidden' }}
    >
      {names && t('conversation.typing', { names, count: typing.length })}
    </Box>
  );
}
