import TuneRounded from '@mui/icons-material/TuneRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../../components/ui/search-field';
import { useCommands } from '../../../lib/commands';
import { useResultKeys } from '../hooks/use-result-keys';
import { SEARCH_TABS, useSearchState, type SearchState, type SearchTab } from '../hooks/use-search-state';
import { ConversationResults } from './conversation-results';
import { MessageFilters } from './message-filters';
import { MessageResults } from './message-results';
import { NothingAsked } from './nothing-asked';
import { UserResults } from './user-results';

/** What the routes take; users and conversations a little less. */
const QUERY_MAX = 100;

/** Over everything that the agent may see. */
export function SearchPage({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { state, change } = useSearchState();
  const { field, list, focusField, onFieldKey, onListKey } = useResultKeys(onLeave);
  const panelId = useId();
  useCommands({ search: focusField, goToSearch: focusField });
  return (
    <Box
      component="section"
      aria-label={t('search.title')}
      sx={{ display: 'flex', flexDirection: 'column', height: '100%', maxWidth: 880, mx: 'auto' }}
    >
      <Box component="search" sx={{ px: { xs: 2, sm: 3 }, pt: 2 }}>
        <Typography variant="h1" sx={{ mb: 1.5 }}>
          {t('search.title')}
        </Typography>
        <SearchField
          label={t('search.label')}
          longest={QUERY_MAX}
          value={state.query}
          onChange={(query) => change({ query })}
          inputRef={field}
          isFocused
          onKeyDown={onFieldKey}
        />
        <TabsAndFilters state={state} change={change} panelId={panelId} />
      </Box>
      <Box
        ref={list}
        id={panelId}
        role="tabpanel"
        aria-label={t(`search.${state.tab}`)}
        onKeyDown={onListKey}
        sx={{ flex: 1, minHeight: 0, overflowY: 'auto', borderTop: 1, borderColor: 'divider' }}
      >
        <Results state={state} />
      </Box>
    </Box>
  );
}

interface TabsAndFiltersProps {
  state: SearchState;
  change: (fields: Partial<SearchState>) => void;
  panelId: string;
}

function TabsAndFilters({ state, change, panelId }: TabsAndFiltersProps) {
  const { t } = useTranslation();
  const filters = [state.senderId, state.conversationId, state.from, state.to].filter(Boolean).length;
  const [isOpen, setIsOpen] = useState(filters > 0);
  const filtersId = useId();
  const label = filters > 0 ? t('search.filtersSet', { count: filters }) : t('search.filters');
  const isOfMessages = state.tab === 'messages';
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', mt: 0.5 }}>
        <Tabs
          value={state.tab}
          onChange={(_event, tab: SearchTab) => change({ tab })}
          aria-label={t('search.tabs')}
          sx={{
            flex: 1,
            minHeight: 44,
            '& .MuiTab-root': { minHeight: 44, px: { xs: 1.25, sm: 2 }, minWidth: 0 },
          }}
        >
          {SEARCH_TABS.map((tab) => (
            <Tab key={tab} value={tab} label={t(`search.${tab}`)} aria-controls={panelId} />
          ))}
        </Tabs>
        {isOfMessages && (
          <Button
            size="small"
            color={filters > 0 ? 'primary' : 'secondary'}
            aria-label={label}
            aria-expanded={isOpen}
            aria-controls={filtersId}
            onClick={() => setIsOpen(!isOpen)}
            startIcon={<TuneRounded fontSize="small" />}
            sx={{ minWidth: 44, minHeight: 44, '& .MuiButton-startIcon': { mr: { xs: 0, sm: 1 } } }}
          >
            <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>
              {label}
            </Box>
          </Button>
        )}
      </Box>
      <Box id={filtersId}>{isOfMessages && isOpen && <MessageFilters state={state} change={change} />}</Box>
    </>
  );
}

function Results({ state }: { state: SearchState }) {
  const query = state.query.trim();
  if (query === '') return <NothingAsked />;
  switch (state.tab) {
    case 'messages':
      return <MessageResults state={{ ...state, query }} />;
    case 'users':
      return <UserResults query={query} />;
    case 'conversations':
      return <ConversationResults query={query} />;
  }
}
