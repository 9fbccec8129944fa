import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import { useTranslation } from 'react-i18next';

const EMOJIS = ['👍', '👎', '❤️', '🎉', '😂', '😮', '😢', '😡', '🙏', '👀', '✅', '🔥'];

interface EmojiPickerProps {
  anchor: HTMLElement;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

export function EmojiPicker({ anchor, onPick, onClose }: EmojiPickerProps) {
  const { t } = useTranslation();
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      transformOrigin={{ vertical: 'top', horizontal: 'center' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': t('message.react') } }}
    >
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(6, 40px)', p: 0.75 }}>
        {EMOJIS.map((emoji, index) => (
          <IconButton
            key={emoji}
            autoFocus={index === 0}
            aria-label={t('message.reactWith', { emoji })}
            onClick={() => {
              onPick(emoji);
              onClose();
            }}
            sx={{ width: 40, height: 40, fontSize: 20, color: 'text.primary' }}
          >
            {emoji}
          </IconButton>
        ))}
      </Box>
    </Popover>
  );
}
