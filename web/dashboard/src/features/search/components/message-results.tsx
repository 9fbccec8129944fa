import LockRounded from '@mui/icons-material/LockRounded';
import Box from '@mui/material/Box';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { userName } from '../../../lib/conversations/conversation-name';
import { conversationPath, messageParams } from '../../../lib/conversations/message-address';
import type { FoundMessageView } from '../../../lib/wire';
import { foundMessagesQuery } from '../api/search-queries';
import { markedPieces } from '../hooks/marked-pieces';
import { momentsOf, type SearchState } from '../hooks/use-search-state';
import { ResultList } from './result-list';
import { ResultRow } from './result-row';

export function MessageResults({ state }: { state: SearchState }) {
  const { t } = useTranslation();
  const { query, senderId, conversationId } = state;
  const found = useInfiniteQuery(
    foundMessagesQuery({
      query,
      ...(senderId && { senderId }),
      ...(conversationId && { conversationId }),
      ...momentsOf(state),
    }),
  );
  return (
    <ResultList found={found} label={t('search.messages')} query={query} keyOf={({ message }) => message.id}>
      {(one) => <MessageResult found={one} />}
    </ResultList>
  );
}

function MessageResult({ found: { message, conversation, snippet } }: { found: FoundMessageView }) {
  const { t } = useTranslation();
  const name = userName(message.sender, t);
  const place = placeName(conversation, t);
  return (
    <ResultRow
      to={{ pathname: conversationPath(conversation), search: messageParams(message) }}
      avatar={<PersonAvatar {...message.sender} name={name} size={36} />}
      title={name}
      place={place === name ? undefined : place}
      at={message.createdAt}
    >
      {message.private && (
        <LockRounded
          titleAccess={t('conversation.note')}
          sx={{ mr: 0.5, fontSize: 14, verticalAlign: '-2px', color: 'note.border' }}
        />
      )}
      {markedPieces(snippet.text, snippet.ranges).map(({ text, isFound }, index) =>
        isFound ? (
          <Box key={index} component="mark" sx={markSx}>
            {text}
          </Box>
        ) : (
          text
        ),
      )}
    </ResultRow>
  );
}

function placeName({ kind, title }: FoundMessageView['conversation'], t: TFunction): string {
  if (title === null) return t(`search.kind.${kind}`);
  return kind === 'channel' ? `# ${title}` : title;
}

const markSx = {
  px: '1px',
  borderRadius: 0.5,
  bgcolor: 'note.surface',
  color: 'note.text',
  fontWeight: 600,
  boxShadow: '0 1px 0 var(--mui-palette-note-border)',
} as const;
