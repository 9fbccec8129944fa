import SearchOffRounded from '@mui/icons-material/SearchOffRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { visuallyHidden } from '@mui/utils';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import type { Page } from '../../../lib/wire';
import { isRateLimited } from '../api/search-queries';

/** Pages may come empty before something is found: this many are turned without being asked. */
const PAGES_BY_ITSELF = 5;
const LOADING_ROWS = [62, 48, 70, 55];

interface ResultListProps<T> {
  found: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  label: string;
  query: string;
  keyOf: (item: T) => string;
  children: (item: T) => ReactNode;
}

export function ResultList<T>({ found, label, query, keyOf, children }: ResultListProps<T>) {
  const { t } = useTranslation();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const isLookingOn =
    items.length === 0 && hasNextPage && !error && (data?.pages.length ?? 0) < PAGES_BY_ITSELF;
  useEffect(() => {
    if (isLookingOn && !isFetchingNextPage) void fetchNextPage();
  }, [isLookingOn, isFetchingNextPage, fetchNextPage]);

  if (error && items.length === 0) return <SearchFailed error={error} onRetry={() => void found.refetch()} />;
  if (!data || isLookingOn) return <ResultsLoading />;
  return (
    <Box aria-busy={found.isPlaceholderData} sx={{ opacity: found.isPlaceholderData ? 0.5 : 1, pb: 2 }}>
      <Box role="status" sx={visuallyHidden}>
        {!found.isPlaceholderData && t('search.count', { count: items.length })}
      </Box>
      {items.length === 0 ? (
        <StateMessage
          icon={<SearchOffRounded />}
          title={t('inbox.notFoundTitle', { query })}
          text={hasNextPage ? t('search.notYet') : t('inbox.notFoundText')}
        />
      ) : (
        <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {items.map((item) => (
            <li key={keyOf(item)}>{children(item)}</li>
          ))}
        </Box>
      )}
      {error && <SearchFailed error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && !error && (
        <Box sx={{ display: 'grid', placeItems: 'center', pt: 1.5 }}>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        </Box>
      )}
    </Box>
  );
}

function SearchFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const seconds = isRateLimited(error) && error.retryAfterMs ? Math.ceil(error.retryAfterMs / 1_000) : null;
  const title = seconds === null ? undefined : t('search.limited', { count: seconds });
  return <ErrorMessage error={error} title={title} onRetry={onRetry} />;
}

function ResultsLoading() {
  const { t } = useTranslation();
  return (
    <Box role="status" aria-label={t('common.loading')} sx={{ px: { xs: 2, sm: 3 } }}>
      {LOADING_ROWS.map((width) => (
        <Box key={width} sx={{ display: 'flex', gap: 1.5, py: 1.5 }}>
          <Skeleton variant="circular" width={36} height={36} />
          <Box sx={{ flex: 1 }}>
            <Skeleton width={`${width / 2}%`} />
            <Skeleton width={`${width}%`} />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
