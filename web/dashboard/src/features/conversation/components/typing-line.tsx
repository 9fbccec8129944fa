import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { userName } from '../../../lib/conversations/conversation-name';
import type { PersonView } from '../../../lib/wire';
import { useViewersText } from './viewers';

/** Who types, and else who looks. Keeps its height when nobody does: the timeline must not jump. */
export function TypingLine({ typing }: { typing: readonly PersonView[] }) {
  const { t } = useTranslation();
  const viewing = useViewersText();
  const names = typing.map((person) => userName(person, t)).join(', ');
  return (
    <Box
      role="status"
      sx={{
        height: 22,
        px: { xs: 2, sm: 3 },
        fontSize: 12.5,
        color: 'text.secondary',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {names ? t('conversation.typing', { names, count: typing.length }) : viewing}
    </Box>
  );
}
