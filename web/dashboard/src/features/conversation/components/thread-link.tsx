import ForumOutlined from '@mui/icons-material/ForumOutlined';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { relativeTime } from '../../../lib/time';
import type { MessageView } from '../../../lib/wire';
import { useTalk } from './talk';

interface ThreadLinkProps {
  message: MessageView;
  thread: NonNullable<MessageView['thread']>;
  isOurs: boolean;
}

/** Under a message that was answered in a thread. */
export function ThreadLink({ message, thread, isOurs }: ThreadLinkProps) {
  const { t, i18n } = useTranslation();
  const { openThread } = useTalk();
  return (
    <Button
      size="small"
      startIcon={<ForumOutlined />}
      onClick={() => openThread(message.id)}
      sx={{ alignSelf: isOurs ? 'flex-end' : 'flex-start', mt: 0.25, py: 0.25 }}
    >
      {t('message.replies', { count: thread.replyCount })} · {relativeTime(thread.lastReplyAt, i18n.language)}
    </Button>
  );
}
