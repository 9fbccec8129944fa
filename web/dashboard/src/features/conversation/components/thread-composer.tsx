import type { Timeline } from '@fast-light-chat/sdk';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mention } from '../../../lib/drafts';
import type { MessageView } from '../../../lib/wire';
import { mentionedIn } from '../hooks/mentions';
import { useDraft } from '../hooks/use-draft';
import { useInsertion } from '../hooks/use-insertion';
import { useSlowMode } from '../hooks/use-slow-mode';
import { CONTENT_MAX, isSendKey } from '../hooks/writing';
import { EmojiButton } from './emoji-button';
import { useTalk } from './talk';
import { WritingField } from './writing-field';

/** Under a note there are only notes. */
export function ThreadComposer({ root, timeline }: { root: MessageView; timeline: Timeline }) {
  const { t } = useTranslation();
  const { conversation, handle } = useTalk();
  const waitSeconds = useSlowMode(conversation, timeline);
  const field = useRef<HTMLTextAreaElement>(null);
  const { draft, update, clear } = useDraft(`${conversation.id}.${root.id}`);
  const { content: text, mentions: chosen } = draft;
  const write = (next: string, nowChosen: Mention[]) => update({ content: next, mentions: nowChosen });
  const insert = useInsertion(field, (next) => write(next, chosen));
  const [isAlso, setIsAlso] = useState(false);
  const warningId = useId();
  const hasPointer = useMediaQuery('(hover: hover)');
  useEffect(() => {
    // Under a finger it would bring up a keyboard over what is to be read. Not by `autoFocus`: the menu that it is
    // opened from gives the focus back to its button after that.
    if (hasPointer) field.current?.focus();
  }, [hasPointer]);
  const content = text.trim();
  const canSend = content !== '' && content.length <= CONTENT_MAX && waitSeconds === 0;
  const send = () => {
    if (!canSend) return;
    handle.send({
      content,
      private: root.private,
      threadRootId: root.id,
      alsoInConversation: isAlso,
      ...mentionedIn(content, chosen),
    });
    clear();
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
        color: root.private ? 'note.text' : 'text.primary',
      }}
    >
      <WritingField
        minRows={2}
        maxRows={7}
        label={t('message.threadReply')}
        describedBy={root.private ? warningId : undefined}
        placeholder={t('message.threadReply')}
        field={field}
        text={text}
        chosen={chosen}
        isPrivate={root.private}
        onWrite={write}
        onKeyDown={(event) => {
          if (!isSendKey(event)) return;
          event.preventDefault();
          send();
        }}
      />
      {root.private && (
        <Box id={warningId} sx={{ px: 1.5, fontSize: 12, fontWeight: 600 }}>
          {t('composer.noteWarning')}
        </Box>
      )}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 1, pb: 1 }}>
        <EmojiButton onPick={insert} />
        <FormControlLabel
          control={<Checkbox size="small" checked={isAlso} onChange={(_event, next) => setIsAlso(next)} />}
          label={t('message.alsoInConversation')}
          slotProps={{ typography: { variant: 'body2' } }}
          sx={{ flex: 1, mr: 0 }}
        />
        <Button
          type="submit"
          size="small"
          variant="contained"
          color={root.private ? 'warning' : 'primary'}
          disabled={!canSend}
        >
          {waitSeconds > 0 && t('composer.waitFor', { count: waitSeconds })}
          {waitSeconds === 0 && t(root.private ? 'composer.addNote' : 'composer.send')}
        </Button>
      </Box>
    </Box>
  );
}
