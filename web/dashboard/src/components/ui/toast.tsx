import Snackbar from '@mui/material/Snackbar';
import Alert from '@mui/material/Alert';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { errorText } from '../../lib/error-text';

interface Toast {
  text?: string;
  error?: unknown;
}

const useToastStore = create<{ toast: Toast | null; isOpen: boolean }>(() => ({
  toast: null,
  isOpen: false,
}));

export function showToast(text: string): void {
  useToastStore.setState({ toast: { text }, isOpen: true });
}

/** For failures of small actions that have no place of their own to say so. */
export function showError(error: unknown): void {
  useToastStore.setState({ toast: { error }, isOpen: true });
}

const SHOWN_MS = 5_000;

export function ToastHost() {
  const { t } = useTranslation();
  const { toast, isOpen } = useToastStore();
  if (!toast) return null;
  const close = () => useToastStore.setState({ isOpen: false });
  const isError = toast.error !== undefined;
  return (
    <Snackbar
      open={isOpen}
      autoHideDuration={SHOWN_MS}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      onClose={(_event, reason) => reason !== 'clickaway' && close()}
    >
      <Alert
        severity={isError ? 'error' : 'success'}
        variant="filled"
        role={isError ? 'alert' : 'status'}
        onClose={close}
        closeText={t('common.close')}
      >
        {isError ? errorText(toast.error, t) : toast.text}
      </Alert>
    </Snackbar>
  );
}
