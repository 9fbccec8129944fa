import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { FormField } from '../../../components/ui/form-field';
import type { WebhookView } from '../../../lib/wire';
import type { WebhookDraft } from '../api/webhook-api';
import { refusedFields, toDraft, toForm, type WebhookForm } from '../hooks/webhook-form';
import { WebhookAudience } from './webhook-audience';

const URL_MAX = 2_000;
const NAME_MAX = 80;
const DESCRIPTION_MAX = 500;

interface WebhookDialogProps {
  isOpen: boolean;
  /** Left out: a new one. */
  webhook?: WebhookView;
  isBusy: boolean;
  error: unknown;
  onDraft: (draft: WebhookDraft, onRefused: (error: unknown) => void) => void;
  onClose: () => void;
}

/** It stays while it is busy: the answer may be a secret that nobody would see. */
export function WebhookDialog({ isOpen, onClose, ...rest }: WebhookDialogProps) {
  const titleId = useId();
  const close = () => {
    if (!rest.isBusy) onClose();
  };
  return (
    <Dialog open={isOpen} onClose={close} maxWidth="sm" aria-labelledby={titleId}>
      <Content {...rest} titleId={titleId} onClose={close} />
    </Dialog>
  );
}

function Content(props: Omit<WebhookDialogProps, 'isOpen'> & { titleId: string }) {
  const { webhook, error } = props;
  const { t } = useTranslation();
  const form = useForm<WebhookForm>({ defaultValues: toForm(webhook) });
  const showRefusals = (refusal: unknown) => {
    for (const field of refusedFields(refusal)) {
      form.setError(field, { message: t(field === 'url' ? 'webhooks.urlRefused' : 'webhooks.fieldRefused') });
    }
  };
  const isAtField = refusedFields(error).length > 0;
  return (
    // As if it were not there: what is long scrolls between the title and the buttons.
    <form
      noValidate
      style={{ display: 'contents' }}
      onSubmit={form.handleSubmit((values) => props.onDraft(toDraft(values), showRefusals))}
    >
      <DialogTitle id={props.titleId}>{webhook ? t('webhooks.edit') : t('webhooks.new')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2.5} sx={{ pt: 1 }}>
          {!isAtField && <FormError error={error} texts={{ 'webhook.too_many': t('webhooks.tooMany') }} />}
          <Texts form={form} isNew={!webhook} />
          <WebhookAudience form={form} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={props.isBusy}>
          {webhook ? t('common.save') : t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}

function Texts({ form, isNew }: { form: UseFormReturn<WebhookForm>; isNew: boolean }) {
  const { t } = useTranslation();
  const { errors } = form.formState;
  const tooLong = (count: number) => ({ value: count, message: t('webhooks.tooLong', { count }) });
  const isNamed = (name: string) => isNew || name.trim() !== '' || t('common.required');
  return (
    <>
      <FormField
        field={form.register('url', {
          validate: (url) => isAddress(url) || t('webhooks.urlInvalid'),
          maxLength: tooLong(URL_MAX),
        })}
        fault={errors.url?.message}
        label={t('webhooks.url')}
        helperText={t('webhooks.urlHint')}
        type="url"
        autoFocus
      />
      <FormField
        field={form.register('name', { validate: isNamed, maxLength: tooLong(NAME_MAX) })}
        fault={errors.name?.message}
        label={t('webhooks.name')}
        helperText={isNew ? t('webhooks.nameHint') : undefined}
      />
      <FormField
        field={form.register('description', { maxLength: tooLong(DESCRIPTION_MAX) })}
        fault={errors.description?.message}
        label={t('webhooks.description')}
        multiline
        minRows={2}
      />
    </>
  );
}

/** What else is asked of an address, the server says: an installation may allow local ones. */
function isAddress(text: string): boolean {
  return URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol);
}
