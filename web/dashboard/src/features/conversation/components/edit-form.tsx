import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../../components/ui/toast';
import { isComposing } from '../../../lib/keys';
import type { MessageView } from '../../../lib/wire';
import { CONTENT_MAX, isSendKey } from '../hooks/writing';
import { useTalk } from './talk';

/** In place of the bubble. What is saved shows at once, and goes back with a word when the server refuses it. */
export function EditForm({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const { handle, edit } = useTalk();
  const [text, setText] = useState(message.content);
  const field = useRef<HTMLTextAreaElement>(null);
  const content = text.trim();
  const canSave = content !== '' && content.length <= CONTENT_MAX;

  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  const save = () => {
    if (!canSave) return;
    if (content !== message.content) handle.edit(message.id, content).catch(showError);
    edit(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !isComposing(event)) edit(null);
    else if (isSendKey(event)) {
      event.preventDefault();
      save();
    }
  };

  return (
    <Box
      component="form"
      aria-label={t('message.editLabel')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      sx={{
        width: { xs: '100%', sm: 480 },
        maxWidth: '100%',
        border: '1.5px solid',
        borderColor: 'primary.main',
        borderRadius: 1.5,
        bgcolor: 'background.paper',
      }}
    >
      <InputBase
        fullWidth
        multiline
        maxRows={9}
        value={text}
        inputRef={field}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        slotProps={{ input: { 'aria-label': t('message.editLabel') } }}
        sx={{
          px: 1.5,
          pt: 1,
          fontSize: { xs: 16, sm: 14.5 },
          '& textarea:focus-visible': { outline: 'none' },
        }}
      />
      <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 0.5, p: 0.75 }}>
        <Button size="small" onClick={() => edit(null)}>
          {t('common.cancel')}
        </Button>
        <Button size="small" type="submit" variant="contained" disabled={!canSave}>
          {t('common.save')}
        </Button>
      </Box>
    </Box>
  );
}
