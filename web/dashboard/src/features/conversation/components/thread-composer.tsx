import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../lib/wire';
import { CONTENT_MAX, isSendKey } from '../hooks/writing';
import { useTalk } from './talk';

/** Under a note there are only notes. */
export function ThreadComposer({ root }: { root: MessageView }) {
  const { t } = useTranslation();
  const { handle } = useTalk();
  const [text, setText] = useState('');
  const [isAlso, setIsAlso] = useState(false);
  const content = text.trim();
  const canSend = content !== '' && content.length <= CONTENT_MAX;
  const send = () => {
    if (!canSend) return;
    handle.send({ content, private: root.private, threadRootId: root.id, alsoInConversation: isAlso });
    setText('');
  };
  return (
    <Box
      component="form"
      aria-label={t('message.threadReply')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      sx={{
        m: 1.5,
        border: '1.5px solid',
        borderStyle: root.private ? 'dashed' : 'solid',
        borderColor: root.private ? 'note.border' : 'divider',
        borderRadius: 1.5,
        bgcolor: root.private ? 'note.surface' : 'background.paper',
      }}
    >
      <InputBase
        fullWidth
        multiline
        minRows={2}
        maxRows={7}
        value={text}
        placeholder={t('message.threadReply')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (!isSendKey(event)) return;
          event.preventDefault();
          send();
        }}
        slotProps={{ input: { 'aria-label': t('message.threadReply') } }}
        sx={{
          px: 1.5,
          pt: 1,
          fontSize: { xs: 16, sm: 14.5 },
          '& textarea:focus-visible': { outline: 'none' },
        }}
      />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 1, pb: 1 }}>
        <FormControlLabel
          control={<Checkbox size="small" checked={isAlso} onChange={(_event, next) => setIsAlso(next)} />}
          label={t('message.alsoInConversation')}
          slotProps={{ typography: { variant: 'body2' } }}
          sx={{ flex: 1, mr: 0 }}
        />
        <Button type="submit" size="small" variant="contained" disabled={!canSend}>
          {t('composer.send')}
        </Button>
      </Box>
    </Box>
  );
}
