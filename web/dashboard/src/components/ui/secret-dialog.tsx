import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from './copy-field';

interface SecretDialogProps {
  title: string;
  /** Open while there is something to show. */
  values: { label: string; value: string }[] | undefined;
  onClose: () => void;
}

/** Shown once. It closes by its own button only: a slip beside it would lose the secret. */
export function SecretDialog({ title, values, onClose }: SecretDialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <Dialog open={values !== undefined} maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Alert severity="warning">{t('environments.secretShown')}</Alert>
          {values?.map(({ label, value }) => (
            <CopyField key={label} label={label} value={value} />
          ))}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t('environments.secretDone')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
