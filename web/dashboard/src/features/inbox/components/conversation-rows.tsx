import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { To } from 'react-router';
import type { ConversationView } from '../../../lib/wire';
import { useListKeys } from '../hooks/use-list-keys';
import { ConversationRow } from './conversation-row';

const ROW_HEIGHT = 84;

interface ConversationRowsProps {
  conversations: ConversationView[];
  selectedId: string | undefined;
  addressOf: (conversationId: string) => To;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

export function ConversationRows(props: ConversationRowsProps) {
  const { conversations, selectedId, addressOf, hasMore, isLoadingMore, onMore } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => conversations[index]!.id,
    overscan: 6,
  });
  const items = rows.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= conversations.length - 8;
  useEffect(() => {
    if (isNearEnd && hasMore && !isLoadingMore) onMore();
  }, [isNearEnd, hasMore, isLoadingMore, onMore]);
  useListKeys({ ids: conversations.map((one) => one.id), selectedId, scroller, reveal: rows.scrollToIndex });
  return (
    <Box ref={scroller} sx={{ height: '100%', overflowY: 'auto' }}>
      <Box
        component="ul"
        aria-label={t('inbox.list')}
        sx={{ position: 'relative', m: 0, p: 0, listStyle: 'none', height: rows.getTotalSize() }}
      >
        {items.map((item) => (
          <Box
            component="li"
            key={item.key}
            aria-setsize={hasMore ? -1 : conversations.length}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start}px)` }}
            sx={{ position: 'absolute', top: 0, left: 0, right: 0, height: ROW_HEIGHT }}
          >
            <ConversationRow
              conversation={conversations[item.index]!}
              isSelected={conversations[item.index]!.id === selectedId}
              address={addressOf(conversations[item.index]!.id)}
            />
          </Box>
        ))}
      </Box>
      {isLoadingMore && (
        <Box sx={{ display: 'grid', placeItems: 'center', p: 2 }}>
          <CircularProgress size={22} aria-label={t('common.loading')} />
        </Box>
      )}
    </Box>
  );
}
