import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../../components/ui/copy-field';
import { dateTime } from '../../../lib/time';
import type { ErasureReceipt } from '../../../lib/wire';

interface ReceiptDialogProps {
  receipt: ErasureReceipt | undefined;
  onClose: () => void;
}

/** The proof that they are gone. It closes by its own button only. */
export function ReceiptDialog({ receipt, onClose }: ReceiptDialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <Dialog open={receipt !== undefined} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('user.erasedTitle')}</DialogTitle>
      <DialogContent>{receipt && <Receipt receipt={receipt} />}</DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t('user.erasedDone')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Receipt({ receipt }: { receipt: ErasureReceipt }) {
  const { t, i18n } = useTranslation();
  const { conversations, messages } = receipt.erased;
  return (
    <Stack spacing={2}>
      <DialogContentText>
        {t('user.erasedText', { time: dateTime(receipt.erasedAt, i18n.language) })}{' '}
        {t('user.erasedConversations', { count: conversations })}{' '}
        {t('user.erasedMessages', { count: messages })}
      </DialogContentText>
      <CopyField label={t('user.receipt')} value={receipt.id} hint={t('user.receiptHint')} />
    </Stack>
  );
}
