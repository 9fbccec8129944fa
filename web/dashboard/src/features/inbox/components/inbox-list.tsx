import ArrowDropDownRounded from '@mui/icons-material/ArrowDropDownRounded';
import ChecklistRounded from '@mui/icons-material/ChecklistRounded';
import InboxRounded from '@mui/icons-material/InboxRounded';
import SearchOffRounded from '@mui/icons-material/SearchOffRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RowsLoading } from '../../../components/ui/rows-loading';
import { SearchField } from '../../../components/ui/search-field';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCommands } from '../../../lib/commands';
import { allConversations, type ConversationFilter } from '../../../lib/conversations/conversation-list';
import { conversationListQuery } from '../../../lib/conversations/conversation-queries';
import { useCan } from '../../../lib/self';
import { savedViewsQuery } from '../api/saved-views';
import { CHIP_FIELDS, type InboxList as ListName, type InboxView } from '../hooks/inbox-address';
import { useInboxActions } from '../hooks/use-inbox-actions';
import { useInboxView } from '../hooks/use-inbox-view';
import { useSelection, type Selection } from '../hooks/use-selection';
import { ActionPickers } from './action-pickers';
import { BulkBar } from './bulk-bar';
import { ConversationRows } from './conversation-rows';
import { FailureDialog } from './failure-dialog';
import { FilterChips } from './filter-chips';
import { FilterMenu } from './filter-menu';
import { HeldList } from './held-list';
import { InstallLink } from './install-link';
import { ViewsNav } from './views-nav';

const QUERY_MAX = 100;
/** Where new conversations are looked for. */
const BEGINNINGS: ReadonlySet<InboxView> = new Set(['mine', 'unassigned', 'all']);

interface InboxListProps {
  selectedId: string | undefined;
  /** The views stand beside. Else they are behind the name of the present one. */
  hasViewsBeside: boolean;
}

export function InboxList({ selectedId, hasViewsBeside }: InboxListProps) {
  const { t } = useTranslation();
  const { view, filter } = useInboxView();
  const list = useConversations(filter);
  const conversations = allConversations(list.data);
  const selection = useSelection(conversations, JSON.stringify(filter));
  const actions = useInboxActions(selection, selectedId);
  return (
    <Box
      component="section"
      aria-label={t('inbox.list')}
      sx={{ display: 'flex', flexDirection: 'column', height: '100%', minWidth: 0 }}
    >
      <Header
        hasViewsBeside={hasViewsBeside}
        selection={selection}
        hasConversations={conversations.length > 0}
      />
      <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
        {view === 'held' ? (
          <HeldList selectedId={selectedId} />
        ) : (
          <Content view={view} list={list} selection={selection} selectedId={selectedId} />
        )}
      </Box>
      {selection.isActive && <BulkBar selection={selection} actions={actions} />}
      <ActionPickers actions={actions} />
      <FailureDialog />
    </Box>
  );
}

function useConversations(filter: ConversationFilter | null) {
  return useInfiniteQuery({ ...conversationListQuery(filter ?? {}), enabled: filter !== null });
}

interface HeaderProps {
  hasViewsBeside: boolean;
  selection: Selection;
  hasConversations: boolean;
}

function Header({ hasViewsBeside, selection, hasConversations }: HeaderProps) {
  const { t } = useTranslation();
  const { view, narrowing, narrow } = useInboxView();
  const canAnswer = useCan('conversation.answer');
  const field = useRef<HTMLInputElement>(null);
  const isHeld = view === 'held';
  useCommands({ search: isHeld ? null : () => field.current?.focus() });
  return (
    <Box sx={{ px: 2, pt: 1.5, pb: 1.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 40, mr: -1 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          {hasViewsBeside ? <ListTitle view={view} /> : <ViewSwitcher view={view} />}
        </Box>
        {canAnswer && hasConversations && !isHeld && (
          <Tooltip title={t('bulk.begin')}>
            <IconButton
              aria-label={t('bulk.begin')}
              aria-pressed={selection.isActive}
              onClick={selection.isActive ? selection.clear : selection.begin}
            >
              <ChecklistRounded fontSize="small" />
            </IconButton>
          </Tooltip>
        )}
        <FilterMenu />
      </Box>
      {!isHeld && (
        <Box sx={{ mt: 0.75 }}>
          <SearchField
            label={t('inbox.search')}
            longest={QUERY_MAX}
            value={narrowing.query}
            inputRef={field}
            onChange={(query) => narrow({ query })}
            onKeyDown={(event) => event.key === 'Escape' && field.current?.blur()}
          />
        </Box>
      )}
      <FilterChips />
    </Box>
  );
}

function useListName(view: ListName): string {
  const { t } = useTranslation();
  const { savedId } = useInboxView();
  const { data: saved } = useQuery(savedViewsQuery);
  return saved?.find(({ id }) => id === savedId)?.name ?? t(`inbox.${view}`);
}

function ListTitle({ view }: { view: ListName }) {
  return (
    <Typography variant="h2" noWrap>
      {useListName(view)}
    </Typography>
  );
}

/** The views, where there is no room for them beside. */
function ViewSwitcher({ view }: { view: ListName }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const name = useListName(view);
  return (
    <>
      <Typography variant="h1" noWrap>
        <Button
          color="inherit"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(true)}
          endIcon={<ArrowDropDownRounded />}
          sx={{ ml: -1, px: 1, font: 'inherit', letterSpacing: 'inherit', maxWidth: 1 }}
        >
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {name}
          </Box>
        </Button>
      </Typography>
      <Drawer
        open={isOpen}
        onClose={() => setIsOpen(false)}
        slotProps={{ paper: { 'aria-label': t('inbox.views'), sx: { width: 280 } } }}
      >
        <ViewsNav onChosen={() => setIsOpen(false)} />
      </Drawer>
    </>
  );
}

interface ContentProps {
  view: InboxView;
  list: ReturnType<typeof useConversations>;
  selection: Selection;
  selectedId: string | undefined;
}

function Content({ view, list, selection, selectedId }: ContentProps) {
  const { addressOf, filter, narrowing, savedId } = useInboxView();
  if (list.isPending) return <RowsLoading />;
  if (list.isError && !list.data)
    return <ErrorMessage error={list.error} onRetry={() => void list.refetch()} />;
  const conversations = allConversations(list.data);
  if (conversations.length === 0) {
    const isNarrowed = savedId !== null || CHIP_FIELDS.some((field) => narrowing[field] !== '');
    return <NothingHere view={view} query={filter?.query} isNarrowed={isNarrowed} />;
  }
  return (
    <ConversationRows
      key={JSON.stringify(filter)}
      conversations={conversations}
      selection={selection}
      selectedId={selectedId}
      addressOf={addressOf}
      hasMore={list.hasNextPage}
      isLoading={list.isFetching}
      isLoadingMore={list.isFetchingNextPage}
      moreError={list.isFetchNextPageError ? list.error : null}
      // What is being read anew is read to its end first.
      onMore={() => void list.fetchNextPage({ cancelRefetch: false })}
    />
  );
}

interface NothingHereProps {
  view: InboxView;
  query: string | undefined;
  isNarrowed: boolean;
}

function NothingHere({ view, query, isNarrowed }: NothingHereProps) {
  const { t } = useTranslation();
  if (query || isNarrowed) {
    return (
      <StateMessage
        icon={<SearchOffRounded />}
        title={query ? t('inbox.notFoundTitle', { query }) : t('inbox.nothingFits')}
        text={query ? t('inbox.notFoundText') : t('inbox.nothingFitsText')}
      />
    );
  }
  return (
    <StateMessage
      icon={<InboxRounded />}
      title={t(`inbox.emptyTitle.${view}`)}
      text={t(`inbox.emptyText.${view}`)}
      action={BEGINNINGS.has(view) && <InstallLink />}
    />
  );
}
