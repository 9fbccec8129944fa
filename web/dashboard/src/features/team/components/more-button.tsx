import Button from '@mui/material/Button';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

type Paged = Pick<
  UseInfiniteQueryResult,
  'hasNextPage' | 'isFetching' | 'isFetchingNextPage' | 'fetchNextPage'
>;

export function MoreButton({ list }: { list: Paged }) {
  const { t } = useTranslation();
  if (!list.hasNextPage) return null;
  return (
    <Button
      size="small"
      loading={list.isFetchingNextPage}
      // What is being read anew is read to its end first.
      disabled={list.isFetching}
      onClick={() => void list.fetchNextPage({ cancelRefetch: false })}
      sx={{ mx: 1, my: 0.5 }}
    >
      {t('team.more')}
    </Button>
  );
}
