import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import InputAdornment from '@mui/material/InputAdornment';
import Stack from '@mui/material/Stack';
import { useId, useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { FormField } from '../../../components/ui/form-field';
import type { SavedReplyView } from '../../../lib/wire';
import { useSaveReply, type ReplyDraft } from '../api/replies-api';
import { inserted, PLACEHOLDERS, SHORTCUT, shortcutOf } from '../hooks/reply-form';

const TITLE_MAX = 120;
const CONTENT_MAX = 8_000;

interface ReplyDialogProps {
  /** Left out: a new one. */
  reply?: SavedReplyView;
  onClose: () => void;
}

export function ReplyDialog(props: ReplyDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={props.onClose} maxWidth="sm" aria-labelledby={titleId}>
      <ReplyForm {...props} titleId={titleId} />
    </Dialog>
  );
}

function ReplyForm({ reply, titleId, onClose }: ReplyDialogProps & { titleId: string }) {
  const { t } = useTranslation();
  const save = useSaveReply(reply?.id);
  const { shortcut = '', title = '', content = '' } = reply ?? {};
  const form = useForm<ReplyDraft>({ defaultValues: { shortcut, title, content } });
  const { errors } = form.formState;
  const contentField = useRef<HTMLTextAreaElement>(null);
  const submit = form.handleSubmit((draft) =>
    save.mutate(
      { ...draft, shortcut: shortcutOf(draft.shortcut), title: draft.title.trim() },
      { onSuccess: onClose },
    ),
  );
  const insert = (piece: string) => {
    const field = contentField.current;
    if (!field) return;
    const { text, caret } = inserted(field.value, field.selectionStart, field.selectionEnd, piece);
    form.setValue('content', text, { shouldDirty: true });
    field.focus();
    field.setSelectionRange(caret, caret);
  };
  const isSaid = (text: string) => text.trim() !== '' || t('common.required');
  const tooLong = (count: number) => ({ value: count, message: t('team.tooLong', { count }) });
  const { ref: registerContent, ...contentHandlers } = form.register('content', {
    validate: isSaid,
    maxLength: tooLong(CONTENT_MAX),
  });
  return (
    <form noValidate onSubmit={submit}>
      <DialogTitle id={titleId}>{reply ? t('replies.edit') : t('replies.new')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2.5} sx={{ pt: 1 }}>
          <FormError
            error={save.error}
            texts={{
              'reply.shortcut_taken': t('replies.shortcutTaken'),
              'reply.too_many': t('replies.tooMany'),
            }}
          />
          <FormField
            field={form.register('title', { validate: isSaid, maxLength: tooLong(TITLE_MAX) })}
            fault={errors.title?.message}
            label={t('replies.title')}
            autoFocus
          />
          <FormField
            field={form.register('shortcut', {
              validate: (typed) => SHORTCUT.test(shortcutOf(typed)) || t('replies.shortcutRule'),
            })}
            fault={errors.shortcut?.message}
            label={t('replies.shortcut')}
            helperText={t('replies.shortcutHint')}
            slotProps={{
              input: { startAdornment: <InputAdornment position="start">/</InputAdornment> },
              htmlInput: { autoCapitalize: 'off', spellCheck: false },
            }}
          />
          <Box>
            <FormField
              field={{
                ...contentHandlers,
                ref: (element: HTMLTextAreaElement | null) => {
                  registerContent(element);
                  contentField.current = element;
                },
              }}
              fault={errors.content?.message}
              label={t('replies.content')}
              helperText={t('replies.contentHint')}
              multiline
              minRows={4}
              maxRows={12}
            />
            <Placeholders onPick={insert} />
          </Box>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={save.isPending}>
          {reply ? t('common.save') : t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What stands for the people of a conversation. */
function Placeholders({ onPick }: { onPick: (piece: string) => void }) {
  const { t } = useTranslation();
  return (
    <Box role="group" aria-label={t('replies.placeholders')} sx={{ display: 'flex', gap: 1, mt: 1 }}>
      {PLACEHOLDERS.map((piece) => (
        <Chip
          key={piece}
          size="small"
          variant="outlined"
          label={piece === '{{user.name}}' ? t('replies.userName') : t('replies.agentName')}
          onClick={() => onPick(piece)}
        />
      ))}
    </Box>
  );
}
