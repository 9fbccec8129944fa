import PushPinOutlined from '@mui/icons-material/PushPinOutlined';
import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Spoken } from '../../../components/ui/spoken';
import { ErrorMessage } from '../../../components/ui/state-message';
import { pinsQuery } from '../../../lib/conversations/pin-queries';
import type { ConversationView, MessageView } from '../../../lib/wire';
import { PinnedList } from './pinned-list';
import { useTalk } from './talk';

/** What is pinned in the conversation; each leads to where it stands. Nothing while there is nothing. */
export function PinnedMessages({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const { leadTo } = useTalk();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const pins = useInfiniteQuery(pinsQuery(conversation.id));
  const pinned = pins.data?.pages.flatMap((page) => page.items) ?? [];
  if (pinned.length === 0 && !pins.isError) return null;
  const choose = (message: MessageView) => {
    setAnchor(null);
    leadTo(message);
  };
  const count = `${pinned.length}${pins.hasNextPage ? '+' : ''}`;
  return (
    <>
      <IconButton aria-haspopup="dialog" onClick={(event) => setAnchor(event.currentTarget)}>
        <Badge
          badgeContent={pins.isError ? '!' : count}
          color={pins.isError ? 'error' : 'primary'}
          slotProps={{ badge: { 'aria-hidden': true } }}
        >
          <PushPinOutlined />
        </Badge>
        <Spoken>
          {pins.isError
            ? t('message.pinnedTitle')
            : t('message.pinnedCount', { count: pinned.length, shown: count })}
        </Spoken>
      </IconButton>
      {anchor && (
        <Popover
          open
          anchorEl={anchor}
          onClose={() => setAnchor(null)}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
          transformOrigin={{ vertical: 'top', horizontal: 'right' }}
          slotProps={{ paper: { role: 'dialog', 'aria-label': t('message.pinnedTitle') } }}
        >
          {pinned.length === 0 ? (
            <ErrorMessage error={pins.error} onRetry={() => void pins.refetch()} />
          ) : (
            <PinnedList
              pinned={pinned}
              onChoose={choose}
              onMore={pins.hasNextPage ? () => void pins.fetchNextPage() : undefined}
              isLoadingMore={pins.isFetchingNextPage}
            />
          )}
        </Popover>
      )}
    </>
  );
}
