import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { To } from 'react-router';
import { ErrorMessage } from '../../../components/ui/state-message';
import { conversationPath } from '../../../lib/conversations/message-address';
import { useCan } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { useListMoves } from '../hooks/use-list-moves';
import { isSelectable, type Selection } from '../hooks/use-selection';
import { ConversationRow } from './conversation-row';

const ROW_HEIGHT = 84;

interface ConversationRowsProps {
  conversations: ConversationView[];
  selection: Selection;
  selectedId: string | undefined;
  addressOf: (conversationId: string) => To;
  hasMore: boolean;
  isLoading: boolean;
  isLoadingMore: boolean;
  /** Why there are no more for now: they are not asked for again by themselves. */
  moreError: Error | null;
  onMore: () => void;
}

/** Rows are all of one height and are measured by their number: a list of any length costs the same. */
export function ConversationRows(props: ConversationRowsProps) {
  const { conversations, selection, selectedId, addressOf } = props;
  const { hasMore, isLoading, isLoadingMore, moreError, onMore } = props;
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const items = rows.getVirtualItems().filter(({ index }) => index < conversations.length);
  const isNearEnd = (items.at(-1)?.index ?? 0) >= conversations.length - 8;
  const canAskMore = hasMore && !isLoading && !moreError;
  useEffect(() => {
    if (isNearEnd && canAskMore) onMore();
  }, [isNearEnd, canAskMore, onMore]);
  useListMoves({ conversations, selectedId, scroller, reveal: rows.scrollToIndex });
  return (
    <Box ref={scroller} sx={{ height: '100%', overflowY: 'auto' }}>
      <Box
        component="ul"
        aria-label={t('inbox.list')}
        sx={{ position: 'relative', m: 0, p: 0, listStyle: 'none', height: rows.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const conversation = conversations[index]!;
          return (
            <Box
              component="li"
              key={conversation.id}
              aria-setsize={hasMore ? -1 : conversations.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
              sx={{ position: 'absolute', top: 0, left: 0, right: 0, height: ROW_HEIGHT }}
            >
              <ConversationRow
                conversation={conversation}
                index={index}
                isOpen={conversation.id === selectedId}
                address={
                  isSelectable(conversation) ? addressOf(conversation.id) : conversationPath(conversation)
                }
                selection={canAnswer && isSelectable(conversation) ? selection : null}
              />
            </Box>
          );
        })}
      </Box>
      {isLoadingMore && (
        <Box sx={{ display: 'grid', placeItems: 'center', p: 2 }}>
          <CircularProgress size={22} aria-label={t('common.loading')} />
        </Box>
      )}
      {moreError && !isLoadingMore && (
        <div>
          <ErrorMessage error={moreError} onRetry={onMore} />
        </div>
      )}
    </Box>
  );
}
