import { useConnection } from '@fast-light-chat/sdk/react';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';

/** The controls and a hint stand in one line; where they do not, only a hint that matters is shown. */
export const ROOMY = '@container (min-width: 600px)';

interface ComposerHintProps {
  id: string;
  isNote: boolean;
  excess: number;
  waitSeconds: number;
}

/** What is most in the way of sending just now. */
export function ComposerHint({ id, isNote, excess, waitSeconds }: ComposerHintProps) {
  const { t } = useTranslation();
  const fault = excess > 0 && t('composer.tooLong', { count: excess });
  const wait = waitSeconds > 0 && t('composer.slowMode', { count: waitSeconds });
  const note = isNote && t('composer.noteWarning');
  const offline = useConnection().state !== 'online' && t('composer.offline');
  const matter = fault || wait || offline || note;
  return (
    <Box
      id={id}
      sx={{
        flex: '1 0 100%',
        order: -1,
        px: 0.75,
        minWidth: 0,
        fontSize: 12,
        fontWeight: matter ? 600 : 400,
        fontVariantNumeric: 'tabular-nums',
        color: fault ? 'error.main' : isNote && !wait ? 'note.text' : 'text.secondary',
        display: matter ? 'block' : 'none',
        [ROOMY]: { flex: '1 1 0', order: 0, px: 0, display: 'block' },
      }}
    >
      {matter || t('composer.hint')}
    </Box>
  );
}
