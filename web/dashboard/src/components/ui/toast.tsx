import CloseRounded from '@mui/icons-material/CloseRounded';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Snackbar from '@mui/material/Snackbar';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { errorText } from '../../lib/error-text';

interface ToastAction {
  label: string;
  run: () => void;
}

interface Toast {
  text?: string;
  error?: unknown;
  severity: 'success' | 'info' | 'error';
  action?: ToastAction;
}

const useToastStore = create<{ toast: Toast | null; isOpen: boolean }>(() => ({
  toast: null,
  isOpen: false,
}));

export function showToast(text: string): void {
  useToastStore.setState({ toast: { text, severity: 'success' }, isOpen: true });
}

/** For what happens by itself, and perhaps leads somewhere. */
export function showNotice(text: string, action?: ToastAction): void {
  useToastStore.setState({ toast: { text, severity: 'info', action }, isOpen: true });
}

/** For failures of small actions that have no place of their own to say so. */
export function showError(error: unknown): void {
  useToastStore.setState({ toast: { error, severity: 'error' }, isOpen: true });
}

const SHOWN_MS = 5_000;
/** Time to read it, and to reach what it leads to. */
const SHOWN_WITH_ACTION_MS = 10_000;
/** Above what one writes with and what is done with a selection: both are wanted next. */
const BOTTOM_PX = 168;

export function ToastHost() {
  const { t } = useTranslation();
  const { toast, isOpen } = useToastStore();
  if (!toast) return null;
  const close = () => useToastStore.setState({ isOpen: false });
  const isError = toast.error !== undefined;
  return (
    <Snackbar
      open={isOpen}
      autoHideDuration={toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      sx={{ bottom: { xs: BOTTOM_PX, sm: BOTTOM_PX } }}
      onClose={(_event, reason) => reason !== 'clickaway' && close()}
    >
      <Alert
        severity={toast.severity}
        variant="filled"
        role={isError ? 'alert' : 'status'}
        onClose={close}
        closeText={t('common.close')}
        action={toast.action && <ToastActions action={toast.action} onClose={close} />}
      >
        {isError ? errorText(toast.error, t) : toast.text}
      </Alert>
    </Snackbar>
  );
}

function ToastActions({ action, onClose }: { action: ToastAction; onClose: () => void }) {
  const { t } = useTranslation();
  const follow = () => {
    onClose();
    action.run();
  };
  return (
    <>
      <Button color="inherit" size="small" onClick={follow}>
        {action.label}
      </Button>
      <IconButton color="inherit" size="small" aria-label={t('common.close')} onClick={onClose}>
        <CloseRounded fontSize="small" />
      </IconButton>
    </>
  );
}
