import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import type { ErasureReceipt } from '../../../lib/wire';
import { useEraseUser } from '../api/user-mutations';

interface EraseDialogProps {
  userId: string;
  /** To be typed: whoever does has read whom it is about. */
  name: string;
  onErased: (receipt: ErasureReceipt) => void;
  onClose: () => void;
}

export function EraseDialog({ userId, name, onErased, onClose }: EraseDialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const [typed, setTyped] = useState('');
  const erase = useEraseUser(userId);
  const isRight = typed.trim() === name.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isRight) erase.mutate(undefined, { onSuccess: onErased });
  };
  return (
    <Dialog open onClose={erase.isPending ? undefined : onClose} aria-labelledby={titleId}>
      <form noValidate onSubmit={submit}>
        <DialogTitle id={titleId}>{t('user.eraseTitle', { name })}</DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            <DialogContentText>{t('user.eraseText')}</DialogContentText>
            <FormError error={erase.error} />
            <TextField
              autoFocus
              autoComplete="off"
              label={t('user.eraseConfirm', { name })}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button disabled={erase.isPending} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            color="error"
            variant="contained"
            disabled={!isRight}
            loading={erase.isPending}
          >
            {t('user.eraseNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
