import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { eventText } from '../../../lib/conversations/event-text';
import { clockTime } from '../../../lib/time';
import type { MessageView } from '../../../lib/wire';

/** What happened to the conversation, between the messages. */
export function EventLine({ message }: { message: MessageView }) {
  const { t, i18n } = useTranslation();
  return (
    <Box sx={{ py: 0.75, textAlign: 'center', fontSize: 12.5, color: 'text.secondary' }}>
      {eventText(message, t, i18n.language)}
      <Box component="time" dateTime={message.createdAt} sx={{ ml: 1 }}>
        {clockTime(message.createdAt, i18n.language)}
      </Box>
    </Box>
  );
}
