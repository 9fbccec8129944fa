import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureStore } from '../hooks/use-bulk-change';

/** Which of many could not be changed, and why. */
export function FailureDialog() {
  const { t } = useTranslation();
  const failures = useFailureStore((state) => state.failures);
  const titleId = useId();
  const close = () => useFailureStore.setState({ failures: null });
  return (
    <Dialog open={failures !== null} onClose={close} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('bulk.failedTitle')}</DialogTitle>
      <DialogContent role="region" aria-labelledby={titleId} tabIndex={0}>
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {failures?.map(({ id, name, reason }) => (
            <Box component="li" key={id} sx={{ py: 1, borderBottom: 1, borderColor: 'divider' }}>
              <Box sx={{ fontSize: 14, fontWeight: 600 }}>{name}</Box>
              <Box sx={{ fontSize: 13, color: 'text.secondary' }}>{reason}</Box>
            </Box>
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
