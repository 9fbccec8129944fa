import GavelRounded from '@mui/icons-material/GavelRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { plainText } from '@fast-light-chat/sdk/markdown';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ReviewButtons } from '../../../components/ui/review-buttons';
import { RowsLoading } from '../../../components/ui/rows-loading';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { userName } from '../../../lib/conversations/conversation-name';
import { heldQuery } from '../../../lib/conversations/held-queries';
import { messageParams } from '../../../lib/conversations/message-address';
import { listTime } from '../../../lib/time';
import type { HeldMessageView } from '../../../lib/wire';

export function HeldList({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(heldQuery);
  if (list.isPending) return <RowsLoading />;
  if (list.isError && !list.data)
    return <ErrorMessage error={list.error} onRetry={() => void list.refetch()} />;
  const held = list.data.pages.flatMap((page) => page.items);
  if (held.length === 0) {
    return <StateMessage icon={<GavelRounded />} title={t('held.emptyTitle')} text={t('held.emptyText')} />;
  }
  return (
    <Box sx={{ height: '100%', overflowY: 'auto' }}>
      <Box component="ul" aria-label={t('held.list')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {held.map((one) => (
          <HeldRow key={one.message.id} held={one} isSelected={one.conversation.id === selectedId} />
        ))}
      </Box>
      {list.hasNextPage && (
        <Button fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </Box>
  );
}

function HeldRow({ held, isSelected }: { held: HeldMessageView; isSelected: boolean }) {
  const { t, i18n } = useTranslation();
  const { message, conversation } = held;
  const name = userName(message.sender, t);
  const text = plainText(message.content).trim() || (message.attachments[0]?.name ?? '');
  const address = { pathname: `/inbox/held/${conversation.id}`, search: messageParams(message) };
  return (
    <Box
      component="li"
      sx={{
        px: 2,
        py: 1.5,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: isSelected ? 'primary.light' : 'transparent',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75 }}>
        <Box component="span" sx={{ flex: 1, minWidth: 0, fontSize: 14.5, fontWeight: 600 }}>
          {name}
        </Box>
        <Box
          component="time"
          dateTime={message.createdAt}
          sx={{ fontSize: 12, color: 'text.secondary', flexShrink: 0 }}
        >
          {listTime(message.createdAt, i18n.language)}
        </Box>
      </Box>
      <Box sx={textSx}>{text}</Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mt: 1 }}>
        <ReviewButtons message={message} />
        <Button size="small" component={Link} to={address} aria-current={isSelected ? 'true' : undefined}>
          {t('held.open')}
        </Button>
      </Box>
    </Box>
  );
}

const textSx = {
  mt: 0.375,
  fontSize: 13.5,
  overflowWrap: 'anywhere',
  display: '-webkit-box',
  WebkitLineClamp: 4,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
} as const;
