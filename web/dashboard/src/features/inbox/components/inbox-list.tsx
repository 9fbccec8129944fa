import InboxRounded from '@mui/icons-material/InboxRounded';
import SearchOffRounded from '@mui/icons-material/SearchOffRounded';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RowsLoading } from '../../../components/ui/rows-loading';
import { SearchField } from '../../../components/ui/search-field';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { allConversations, type ConversationFilter } from '../../../lib/conversations/conversation-list';
import { conversationListQuery } from '../../../lib/conversations/conversation-queries';
import { useInboxView, type InboxView } from '../hooks/use-inbox-view';
import { ConversationRows } from './conversation-rows';
import { HeldList } from './held-list';
import { InboxViews } from './inbox-views';

const QUERY_MAX = 100;

export function InboxList({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation();
  const { view, query, setQuery, filter } = useInboxView();
  return (
    <Box
      component="section"
      aria-label={t('inbox.list')}
      sx={{ display: 'flex', flexDirection: 'column', height: '100%', minWidth: 0 }}
    >
      <Box sx={{ px: 2, pt: 2, pb: 1.25 }}>
        <Typography variant="h1">{t('inbox.title')}</Typography>
        {filter && (
          <Box sx={{ mt: 1.5 }}>
            <SearchField label={t('inbox.search')} longest={QUERY_MAX} value={query} onChange={setQuery} />
          </Box>
        )}
      </Box>
      <InboxViews current={view} />
      <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
        {view === 'held' || !filter ? (
          <HeldList selectedId={selectedId} />
        ) : (
          <InboxContent view={view} filter={filter} selectedId={selectedId} />
        )}
      </Box>
    </Box>
  );
}

interface InboxContentProps {
  view: InboxView;
  filter: ConversationFilter;
  selectedId: string | undefined;
}

function InboxContent({ view, filter, selectedId }: InboxContentProps) {
  const { addressOf } = useInboxView();
  const list = useInfiniteQuery(conversationListQuery(filter));
  if (list.isPending) return <RowsLoading />;
  if (list.isError && !list.data)
    return <ErrorMessage error={list.error} onRetry={() => void list.refetch()} />;
  const conversations = allConversations(list.data);
  if (conversations.length === 0) return <NothingHere view={view} query={filter.query} />;
  return (
    <ConversationRows
      key={JSON.stringify(filter)}
      conversations={conversations}
      selectedId={selectedId}
      addressOf={addressOf}
      hasMore={list.hasNextPage}
      isLoadingMore={list.isFetchingNextPage}
      onMore={() => void list.fetchNextPage()}
    />
  );
}

function NothingHere({ view, query }: { view: InboxView; query: string | undefined }) {
  const { t } = useTranslation();
  if (query) {
    return (
      <StateMessage
        icon={<SearchOffRounded />}
        title={t('inbox.notFoundTitle', { query })}
        text={t('inbox.notFoundText')}
      />
    );
  }
  return (
    <StateMessage
      icon={<InboxRounded />}
      title={t(`inbox.emptyTitle.${view}`)}
      text={t(`inbox.emptyText.${view}`)}
    />
  );
}
