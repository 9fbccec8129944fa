import PushPinOutlined from '@mui/icons-material/PushPinOutlined';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Popover from '@mui/material/Popover';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { userName } from '../../../lib/conversations/conversation-name';
import { dateTime } from '../../../lib/time';
import type { ConversationView, MessageView } from '../../../lib/wire';
import { useTimeline } from '../hooks/use-timeline';
import { excerptOf } from './reply-quote';
import { useTalk } from './talk';

/** What is pinned of the messages that are loaded; each leads to where it stands. */
export function PinnedMessages({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const { timeline } = useTimeline(conversation.id);
  const { seek } = useTalk();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const pinned = useMemo(
    () =>
      timeline.items.flatMap((item) =>
        item.kind === 'message' && item.message.pinned ? [item.message] : [],
      ),
    [timeline.items],
  );
  if (pinned.length === 0) return null;
  const choose = (message: MessageView) => {
    setAnchor(null);
    seek(message.id);
  };
  return (
    <>
      <IconButton
        aria-label={t('message.pinnedCount', { count: pinned.length })}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Badge badgeContent={pinned.length} color="primary">
          <PushPinOutlined />
        </Badge>
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
          <PinnedList pinned={pinned} onChoose={choose} />
        </Popover>
      )}
    </>
  );
}

function PinnedList({
  pinned,
  onChoose,
}: {
  pinned: MessageView[];
  onChoose: (message: MessageView) => void;
}) {
  const { t, i18n } = useTranslation();
  return (
    <Box sx={{ width: 'min(380px, calc(100vw - 32px))', maxHeight: 420, overflowY: 'auto' }}>
      <List dense>
        {pinned.map((message, index) => (
          <ListItem key={message.id} disablePadding>
            <ListItemButton autoFocus={index === 0} onClick={() => onChoose(message)}>
              <ListItemText
                primary={excerptOf(message, t)}
                secondary={`${userName(message.sender, t)} · ${dateTime(message.createdAt, i18n.language)}`}
              />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </Box>
  );
}
