import AddReactionOutlined from '@mui/icons-material/AddReactionOutlined';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmojiPicker } from './emoji-picker';

/** In a composer: puts an emoji into the text. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        size="small"
        color="inherit"
        aria-label={t('emoji.insert')}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <AddReactionOutlined fontSize="small" />
      </IconButton>
      {anchor && (
        <EmojiPicker
          anchor={anchor}
          label={t('emoji.insert')}
          onPick={onPick}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}
