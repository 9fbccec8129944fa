import LockRounded from '@mui/icons-material/LockRounded';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import type { DraftMode } from '../../../lib/drafts';

/** For the user, or for the team alone. */
export function ModeSwitch({ mode, onMode }: { mode: DraftMode; onMode: (mode: DraftMode) => void }) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={mode}
      aria-label={t('composer.mode')}
      onChange={(_event, next: DraftMode | null) => next && onMode(next)}
      sx={{ flexShrink: 0 }}
    >
      <ToggleButton value="reply" sx={modeSx}>
        {t('composer.reply')}
      </ToggleButton>
      <ToggleButton
        value="note"
        sx={{
          ...modeSx,
          '&.Mui-selected, &.Mui-selected:hover': { bgcolor: 'note.border', color: '#2b1e00' },
        }}
      >
        <LockRounded aria-hidden sx={{ fontSize: 15 }} />
        {t('composer.note')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

const modeSx = { px: 1.25, py: 0.5, gap: 0.5, fontSize: 13, color: 'inherit' } as const;
