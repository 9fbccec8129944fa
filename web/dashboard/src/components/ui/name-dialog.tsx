import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { DialogError } from './dialog-error';
import { FormField } from './form-field';

const NAME_MAX = 60;

interface NameDialogProps {
  isOpen: boolean;
  title: string;
  label: string;
  /** What it is called so far. */
  name?: string;
  confirmLabel?: string;
  hint?: string;
  isBusy: boolean;
  error: unknown;
  onName: (name: string) => void;
  onClose: () => void;
}

/** For what needs nothing but a name to exist, or gets another one. */
export function NameDialog({ isOpen, onClose, ...rest }: NameDialogProps) {
  const titleId = useId();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId}>
      <NameForm {...rest} titleId={titleId} onClose={onClose} />
    </Dialog>
  );
}

function NameForm(props: Omit<NameDialogProps, 'isOpen'> & { titleId: string }) {
  const { t } = useTranslation();
  const form = useForm({ defaultValues: { name: props.name ?? '' } });
  return (
    <form noValidate onSubmit={form.handleSubmit(({ name }) => props.onName(name.trim()))}>
      <DialogTitle id={props.titleId}>{props.title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <DialogError error={props.error} />
          <FormField
            field={form.register('name', {
              validate: (name) => name.trim() !== '' || t('common.required'),
              maxLength: NAME_MAX,
            })}
            fault={form.formState.errors.name?.message}
            label={props.label}
            helperText={props.hint}
            autoFocus
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={props.isBusy}>
          {props.confirmLabel ?? t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}
