import AddRounded from '@mui/icons-material/AddRounded';
import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useFieldArray, useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { FormField } from '../../../components/ui/form-field';
import type { UserView } from '../../../lib/wire';
import { useUpdateProfile } from '../api/user-mutations';
import { attributeChanges, attributesOf, isKnownField, type AttributeRow } from '../hooks/attributes';

const NAME_MAX = 50;
const VALUE_MAX = 500;
const MOST_ATTRIBUTES = 50;
/** As the server wants it. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_ -]*$/u;

interface AttributesDialogProps {
  user: UserView;
  isOpen: boolean;
  onClose: () => void;
}

interface Rows {
  rows: AttributeRow[];
}

export function AttributesDialog({ user, isOpen, onClose }: AttributesDialogProps) {
  const titleId = useId();
  return (
    <Dialog open={isOpen} maxWidth="sm" onClose={onClose} aria-labelledby={titleId}>
      <AttributesForm user={user} titleId={titleId} onClose={onClose} />
    </Dialog>
  );
}

interface AttributesFormProps {
  user: UserView;
  titleId: string;
  onClose: () => void;
}

function AttributesForm({ user, titleId, onClose }: AttributesFormProps) {
  const { t } = useTranslation();
  const update = useUpdateProfile(user.id);
  const form = useForm<Rows>({ defaultValues: { rows: attributesOf(user.profile) } });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'rows' });
  const submit = form.handleSubmit(({ rows }) =>
    update.mutate(attributeChanges(user.profile, rows), { onSuccess: onClose }),
  );
  return (
    <form noValidate onSubmit={submit}>
      <DialogTitle id={titleId}>{t('user.editAttributes')}</DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>
          {t('user.attributesHint')}
        </Typography>
        <Stack spacing={1.5} sx={{ pt: 1 }}>
          <FormError error={update.error} />
          {fields.map(({ id }, index) => (
            <Row key={id} form={form} index={index} onRemove={() => remove(index)} />
          ))}
          <Box>
            <Button
              startIcon={<AddRounded />}
              disabled={fields.length >= MOST_ATTRIBUTES}
              onClick={() => append({ name: '', value: '' })}
            >
              {t('user.addAttribute')}
            </Button>
          </Box>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={update.isPending}>
          {t('common.save')}
        </Button>
      </DialogActions>
    </form>
  );
}

function Row({ form, index, onRemove }: { form: UseFormReturn<Rows>; index: number; onRemove: () => void }) {
  const { t } = useTranslation();
  const { errors } = form.formState;
  const check = (name: string, { rows }: Rows) => {
    if (!NAME.test(name.trim()) || isKnownField(name)) return t('user.attributeNameInvalid');
    const isTwice = rows.some((row, at) => at < index && row.name.trim() === name.trim());
    return !isTwice || t('user.attributeTwice');
  };
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
      <FormField
        field={form.register(`rows.${index}.name`, { validate: check })}
        fault={errors.rows?.[index]?.name?.message}
        label={t('user.attributeName')}
        slotProps={{ htmlInput: { maxLength: NAME_MAX } }}
      />
      <FormField
        field={form.register(`rows.${index}.value`)}
        label={t('user.attributeValue')}
        slotProps={{ htmlInput: { maxLength: VALUE_MAX } }}
      />
      <IconButton
        aria-label={t('user.removeAttribute', { name: form.getValues(`rows.${index}.name`) })}
        onClick={onRemove}
      >
        <DeleteOutlineRounded fontSize="small" />
      </IconButton>
    </Box>
  );
}
