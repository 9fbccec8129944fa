import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { senderIn, userName } from '../../../lib/conversations/conversation-name';
import { dateTime } from '../../../lib/time';
import type { MessageView } from '../../../lib/wire';
import { usePinning } from '../api/message-actions';
import { excerptOf } from './reply-quote';
import { useTalk } from './talk';

interface PinnedListProps {
  /** Newest first. */
  pinned: readonly MessageView[];
  onChoose: (message: MessageView) => void;
  onMore?: () => void;
  isLoadingMore: boolean;
}

export function PinnedList({ pinned, onChoose, onMore, isLoadingMore }: PinnedListProps) {
  const { t } = useTranslation();
  return (
    <Box sx={{ width: 'min(380px, calc(100vw - 32px))', maxHeight: 420, overflowY: 'auto' }}>
      <List dense>
        {pinned.map((message, index) => (
          <PinnedItem
            key={message.id}
            message={message}
            isFirst={index === 0}
            onChoose={() => onChoose(message)}
          />
        ))}
      </List>
      {onMore && (
        <Button fullWidth loading={isLoadingMore} onClick={onMore}>
          {t('common.more')}
        </Button>
      )}
    </Box>
  );
}

interface PinnedItemProps {
  message: MessageView;
  isFirst: boolean;
  onChoose: () => void;
}

function PinnedItem({ message, isFirst, onChoose }: PinnedItemProps) {
  const { t, i18n } = useTranslation();
  const { conversation, canAnswer } = useTalk();
  const setPinned = usePinning();
  const excerpt = excerptOf(message, t);
  const unpin = (
    <Tooltip title={t('message.unpin')}>
      <IconButton
        edge="end"
        size="small"
        aria-label={`${t('message.unpin')}: ${excerpt}`}
        onClick={() => setPinned(message, false)}
      >
        <CloseRounded fontSize="small" />
      </IconButton>
    </Tooltip>
  );
  return (
    <ListItem disablePadding secondaryAction={canAnswer && unpin}>
      <ListItemButton autoFocus={isFirst} onClick={onChoose}>
        <ListItemText
          primary={excerpt}
          secondary={`${userName(senderIn(conversation, message), t)} · ${dateTime(message.createdAt, i18n.language)}`}
        />
      </ListItemButton>
    </ListItem>
  );
}
