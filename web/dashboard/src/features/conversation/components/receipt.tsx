import DoneAllRounded from '@mui/icons-material/DoneAllRounded';
import DoneRounded from '@mui/icons-material/DoneRounded';
import Box from '@mui/material/Box';
import { Children, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../hooks/receipts';
import { useTalk } from './talk';

interface ReceiptLineProps {
  receipt: Receipt | undefined;
  isOurs: boolean;
  /** The time of sending, and that it is pinned. */
  children: ReactNode;
}

/** The line under a message: when it was sent and, where a receipt belongs, what has become of it. */
export function ReceiptLine({ receipt, isOurs, children }: ReceiptLineProps) {
  const isEmpty = Children.toArray(children).length === 0;
  if (isEmpty && !receipt) return null;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: isOurs ? 'flex-end' : 'flex-start',
        gap: 0.75,
        mt: 0.375,
        fontSize: 11.5,
        color: 'text.secondary',
      }}
    >
      {children}
      {receipt && <Mark readers={receipt.readers} />}
    </Box>
  );
}

function Mark({ readers }: Receipt) {
  const { t } = useTranslation();
  const { kind } = useTalk().conversation;
  const isPair = kind === 'support' || kind === 'direct';
  const Icon = readers > 0 ? DoneAllRounded : DoneRounded;
  const text = isPair ? t('conversation.read') : t('conversation.readBy', { count: readers });
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.25,
        ...(readers > 0 && { color: 'primary.main', fontWeight: 600 }),
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 14 }} />
      {readers > 0 ? text : t('conversation.sent')}
    </Box>
  );
}
