import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../../components/ui/toast';
import { EMPTY_DRAFT, loadDraft, saveDraft } from '../../../lib/drafts';
import { isComposing } from '../../../lib/keys';
import type { MessageView } from '../../../lib/wire';
import { fromMentioned, mentionedAfterEdit } from '../hooks/mentions';
import { CONTENT_MAX, isSendKey } from '../hooks/writing';
import { useTalk } from './talk';
import { WritingField } from './writing-field';

/** In place of the bubble. What is saved shows at once, and goes back with a word when the server refuses it. */
export function EditForm({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const { conversation, handle, edit, nameOf } = useTalk();
  const draftKey = `${conversation.id}.${message.id}`;
  const [text, setText] = useState(() => loadDraft(draftKey).content || message.content);
  const [chosen, setChosen] = useState(() => fromMentioned(message, nameOf));
  const field = useRef<HTMLTextAreaElement>(null);
  const content = text.trim();
  const canSave = content !== '' && content.length <= CONTENT_MAX;

  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    const row = field.current?.closest('article');
    // By then, the button of the menu that it was opened from has been made anew.
    return () => row?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.focus();
  }, []);

  const close = () => {
    saveDraft(draftKey, EMPTY_DRAFT);
    edit(null);
  };
  const save = () => {
    if (!canSave) return;
    const mentioned = mentionedAfterEdit(message, content, chosen, nameOf);
    if (content !== message.content) handle.edit(message.id, content, mentioned).catch(showError);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !isComposing(event)) {
      // The thread around it would close as well.
      event.stopPropagation();
      close();
    } else if (isSendKey(event)) {
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
      <WritingField
        maxRows={9}
        label={t('message.editLabel')}
        field={field}
        text={text}
        chosen={chosen}
        isPrivate={message.private}
        onWrite={(next, nowChosen) => {
          setText(next);
          saveDraft(draftKey, { ...EMPTY_DRAFT, content: next === message.content ? '' : next });
          setChosen(nowChosen);
        }}
        onKeyDown={onKeyDown}
      />
      <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 0.5, p: 0.75 }}>
        <Button size="small" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button size="small" type="submit" variant="contained" disabled={!canSave}>
          {t('common.save')}
        </Button>
      </Box>
    </Box>
  );
}
