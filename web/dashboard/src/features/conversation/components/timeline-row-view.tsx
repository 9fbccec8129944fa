import Box from '@mui/material/Box';
import type { ConversationHandle } from '@fast-light-chat/sdk';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dayName, daysAgo } from '../../../lib/time';
import type { ConversationView } from '../../../lib/wire';
import type { Receipt } from '../hooks/receipts';
import { isSameRow, type TimelineRow } from '../hooks/timeline-rows';
import { EventLine } from './event-line';
import { MessageBubble } from './message-bubble';
import { PendingBubble } from './pending-bubble';

interface TimelineRowViewProps {
  row: TimelineRow;
  conversation: ConversationView;
  handle: ConversationHandle;
  receipt: Receipt | undefined;
}

export const TimelineRowView = memo(function TimelineRowView(props: TimelineRowViewProps) {
  const { row, conversation, handle, receipt } = props;
  const { t } = useTranslation();
  switch (row.kind) {
    case 'beginning':
      return <Mark>{t(row.isEmpty ? 'conversation.empty' : 'conversation.beginning')}</Mark>;
    case 'day':
      return <DayMark at={row.at} />;
    case 'unread':
      return <UnreadLine />;
    case 'event':
      return <EventLine message={row.message} />;
    case 'message':
      return <MessageBubble row={row} conversation={conversation} receipt={receipt} />;
    case 'pending':
      return <PendingBubble row={row} handle={handle} />;
  }
}, isAsBefore);

/** All rows are made anew with each fact; only those that show something else are drawn again. */
function isAsBefore(before: TimelineRowViewProps, now: TimelineRowViewProps): boolean {
  return (
    before.conversation === now.conversation &&
    before.handle === now.handle &&
    before.receipt?.readers === now.receipt?.readers &&
    isSameRow(before.row, now.row)
  );
}

function Mark({ children }: { children: ReactNode }) {
  return <Box sx={{ py: 1.5, textAlign: 'center', fontSize: 12.5, color: 'text.secondary' }}>{children}</Box>;
}

function DayMark({ at }: { at: string }) {
  const { t, i18n } = useTranslation();
  const ago = daysAgo(at, Date.now());
  const near = ago === 0 ? t('conversation.today') : ago === 1 ? t('conversation.yesterday') : null;
  return (
    <Box role="separator" sx={{ display: 'flex', justifyContent: 'center', py: 1.5 }}>
      <Box
        component="span"
        sx={{
          px: 1.5,
          py: 0.25,
          borderRadius: 4,
          bgcolor: 'surface.sunken',
          fontSize: 12,
          color: 'text.secondary',
        }}
      >
        {near ?? dayName(at, i18n.language)}
      </Box>
    </Box>
  );
}

function UnreadLine() {
  const { t } = useTranslation();
  return (
    <Box
      role="separator"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        py: 1,
        fontSize: 12,
        fontWeight: 700,
        color: 'error.main',
        '&::before, &::after': { content: '""', flex: 1, height: '1px', bgcolor: 'error.main', opacity: 0.4 },
      }}
    >
      {t('conversation.newMessages')}
    </Box>
  );
}
