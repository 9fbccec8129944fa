import Inventory2Outlined from '@mui/icons-material/Inventory2Outlined';
import LockRounded from '@mui/icons-material/LockRounded';
import SendRounded from '@mui/icons-material/SendRounded';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ConversationHandle, KeptUpload, Timeline } from '@fast-light-chat/sdk';
import { useCallback, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../../lib/announcer';
import { useCommands } from '../../../lib/commands';
import type { Draft, DraftMode, Mention } from '../../../lib/drafts';
import { isComposing } from '../../../lib/keys';
import { useCan, useSelf } from '../../../lib/self';
import { dateTime } from '../../../lib/time';
import type { ConversationView } from '../../../lib/wire';
import { useConversationActions } from '../api/conversation-actions';
import { useDraft } from '../hooks/use-draft';
import { useFileDrop } from '../hooks/use-file-drop';
import { useInsertion } from '../hooks/use-insertion';
import { useSlowMode } from '../hooks/use-slow-mode';
import { useUploads } from '../hooks/use-uploads';
import { mentionedIn } from '../hooks/mentions';
import { CONTENT_MAX, isSendKey } from '../hooks/writing';
import { AttachButton } from './attach-button';
import { ComposerHint, ROOMY } from './composer-hint';
import { DropOverlay } from './drop-overlay';
import { EmojiButton } from './emoji-button';
import { ModeSwitch } from './mode-switch';
import { ReplyBar } from './reply-quote';
import { isParticipant, useTalk } from './talk';
import { UploadChips } from './upload-chips';
import { WritingField } from './writing-field';

interface ComposerProps {
  conversation: ConversationView;
  handle: ConversationHandle;
  timeline: Timeline;
}

export function Composer(props: ComposerProps) {
  const { conversation } = props;
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const selfId = useSelf().id;
  if (conversation.archivedAt) return <ArchivedBar archivedAt={conversation.archivedAt} />;
  if (!canAnswer) {
    return (
      <Alert severity="info" sx={{ m: { xs: 1.5, sm: 2 }, mt: 0 }}>
        {t('composer.viewerReason')}
      </Alert>
    );
  }
  if (!isParticipant(conversation, selfId)) return <JoinBar conversationId={conversation.id} />;
  return <WritingComposer {...props} />;
}

function ArchivedBar({ archivedAt }: { archivedAt: string }) {
  const { t, i18n } = useTranslation();
  return (
    <Alert severity="info" icon={<Inventory2Outlined />} sx={{ m: { xs: 1.5, sm: 2 }, mt: 0 }}>
      {t('composer.archived', { time: dateTime(archivedAt, i18n.language) })}
    </Alert>
  );
}

function JoinBar({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const { join, isPending } = useConversationActions(conversationId);
  return (
    <Alert
      severity="info"
      sx={{ m: { xs: 1.5, sm: 2 }, mt: 0 }}
      action={
        <Button color="inherit" loading={isPending} onClick={join}>
          {t('composer.join')}
        </Button>
      }
    >
      {t('composer.joinReason')}
    </Alert>
  );
}

function WritingComposer({ conversation, handle, timeline }: ComposerProps) {
  const { t } = useTranslation();
  const isSupport = conversation.kind === 'support';
  const { draft, update, clear } = useDraft(conversation.id);
  const { replyTo, reply } = useTalk();
  const isNote = isSupport && draft.mode === 'note';
  const keepFiles = useCallback((kept: KeptUpload[]) => update({ files: kept }), [update]);
  const files = useUploads(conversation.id, draft.files, keepFiles);
  const form = useRef<HTMLFormElement>(null);
  const dropZone = useFileDrop(form, files.add);
  const content = draft.content.trim();
  const isEmpty = content === '' && files.attachments.length === 0;
  const excess = Math.max(0, content.length - CONTENT_MAX);
  const waitSeconds = useSlowMode(conversation, timeline);
  const canSend = !isEmpty && excess === 0 && files.isReady && waitSeconds === 0;
  const hintId = useId();
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => () => handle.setTyping(false), [handle]);
  useEffect(() => {
    if (!replyTo) return;
    // What answers a note is a note: as a reply, the user would be quoted what was never meant for them.
    if (replyTo.private) update({ mode: 'note' });
    field.current?.focus();
  }, [replyTo, update]);

  const write = (text: string, mentions: Mention[]) => {
    update({ content: text, mentions });
    // What is written as a note is nobody's business outside the team, not even that it is being written.
    handle.setTyping(!isNote && text.trim() !== '');
  };
  const insert = useInsertion(field, (text) => write(text, draft.mentions));
  const setMode = (mode: DraftMode) => {
    update({ mode });
    if (mode === 'reply' && replyTo?.private) reply(null);
    if (mode === 'note') handle.setTyping(false);
    field.current?.focus();
  };
  useCommands({
    writeReply: () => setMode('reply'),
    writeNote: isSupport ? () => setMode('note') : null,
  });
  const send = () => {
    if (waitSeconds > 0) announce(t('composer.slowMode', { count: waitSeconds }));
    if (!canSend) return;
    const { attachments } = files;
    handle.send({
      content,
      private: isNote,
      ...(replyTo && { replyToId: replyTo.id }),
      ...(attachments.length > 0 && { attachments }),
      ...mentionedIn(content, meantIn(draft, isNote)),
    });
    handle.setTyping(false);
    // What one has said is seen, also by whoever was reading far back.
    handle.jumpToNewest();
    clear();
    files.clear();
    reply(null);
    field.current?.focus();
  };

  return (
    <Box
      component="form"
      ref={form}
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      sx={{
        mx: { xs: 1, sm: 2 },
        mb: { xs: 1, sm: 2 },
        pb: 'env(safe-area-inset-bottom)',
        border: '1.5px solid',
        borderStyle: isNote ? 'dashed' : 'solid',
        borderColor: isNote ? 'note.border' : 'divider',
        borderRadius: 1.5,
        bgcolor: isNote ? 'note.surface' : 'background.paper',
        color: isNote ? 'note.text' : 'text.primary',
        '&:focus-within': { borderColor: isNote ? 'note.border' : 'primary.main' },
      }}
    >
      {dropZone && <DropOverlay zone={dropZone} />}
      {replyTo && <ReplyBar message={replyTo} onCancel={() => reply(null)} />}
      <WritingField
        minRows={2}
        maxRows={9}
        label={t('composer.label')}
        describedBy={hintId}
        placeholder={t(placeholderKey(isSupport, isNote))}
        field={field}
        text={draft.content}
        chosen={draft.mentions}
        isPrivate={isNote}
        onWrite={write}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return;
          event.preventDefault();
          files.add([...event.clipboardData.files]);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !isComposing(event)) {
            // Out of the field, the keys are commands again.
            if (replyTo) reply(null);
            else field.current?.blur();
          }
          if (isSendKey(event)) {
            event.preventDefault();
            send();
          }
        }}
      />
      <UploadChips uploads={files.uploads} onRetry={files.retry} onRemove={files.remove} />
      <Box sx={{ containerType: 'inline-size' }}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            [ROOMY]: { flexWrap: 'nowrap' },
            alignItems: 'center',
            gap: 1,
            px: 1,
            pb: 1,
          }}
        >
          <AttachButton onFiles={files.add} />
          <EmojiButton onPick={insert} />
          {isSupport && <ModeSwitch mode={draft.mode} onMode={setMode} />}
          <ComposerHint id={hintId} isNote={isNote} excess={excess} waitSeconds={waitSeconds} />
          <Button
            type="submit"
            variant="contained"
            color={isNote ? 'warning' : 'primary'}
            disabled={!canSend}
            startIcon={isNote ? <LockRounded /> : <SendRounded />}
            sx={{ flexShrink: 0, ml: 'auto' }}
          >
            {isNote ? t('composer.addNote') : t('composer.send')}
          </Button>
        </Box>
      </Box>
    </Box>
  );
}

/** A note is not for the user: whoever was meant while it was a reply still is not told. */
function meantIn({ mentions }: Draft, isNote: boolean): Mention[] {
  return isNote ? mentions.filter(({ type }) => type !== 'user') : mentions;
}

function placeholderKey(isSupport: boolean, isNote: boolean) {
  if (!isSupport) return 'composer.placeholderTeam';
  return isNote ? 'composer.placeholderNote' : 'composer.placeholderReply';
}
