import RefreshRounded from '@mui/icons-material/RefreshRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { FormError } from '../../../components/ui/form-error';
import { ErrorMessage } from '../../../components/ui/state-message';
import type { DeliveryState, Page, WebhookDeliveryView } from '../../../lib/wire';
import { deliveriesQuery, type DeliveryFilter, type WebhookPlace } from '../api/webhook-api';
import { EVENT_TYPES } from '../hooks/webhook-events';
import { DeliveryDialog } from './delivery-dialog';
import { DeliveryRow } from './delivery-row';

const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'failed'];

interface DeliveriesProps {
  place: WebhookPlace;
  /** Nothing is told to it again. */
  isDisabled: boolean;
}

/** The ledger: what was told, and what came of it. The filter is in the address, to be sent to somebody. */
export function Deliveries({ place, isDisabled }: DeliveriesProps) {
  const [params, setParams] = useSearchParams();
  const [openId, setOpenId] = useState<string | null>(null);
  const filter: DeliveryFilter = {
    state: STATES.find((state) => state === params.get('state')),
    type: EVENT_TYPES.find((type) => type === params.get('type')),
  };
  const change = (name: keyof DeliveryFilter, value: string) =>
    setParams(
      (present) => {
        if (value) present.set(name, value);
        else present.delete(name);
        return present;
      },
      { replace: true },
    );
  return (
    <>
      <Ledger place={place} filter={filter} onFilter={change} onOpen={setOpenId} />
      {openId && (
        <DeliveryDialog
          place={place}
          deliveryId={openId}
          isDisabled={isDisabled}
          onClose={() => setOpenId(null)}
        />
      )}
    </>
  );
}

interface FilterProps {
  filter: DeliveryFilter;
  onFilter: (name: keyof DeliveryFilter, value: string) => void;
}

interface LedgerProps extends FilterProps {
  place: WebhookPlace;
  onOpen: (deliveryId: string) => void;
}

function Ledger({ place, filter, onFilter, onOpen }: LedgerProps) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(deliveriesQuery(place, filter));
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mb: 1.5 }}>
        <Filters filter={filter} onFilter={onFilter} />
        <Tooltip title={t('webhooks.refresh')}>
          <IconButton
            aria-label={t('webhooks.refresh')}
            loading={list.isRefetching && !list.isFetchingNextPage}
            onClick={() => void list.refetch()}
          >
            <RefreshRounded />
          </IconButton>
        </Tooltip>
      </Box>
      <Rows list={list} isFiltered={Boolean(filter.state ?? filter.type)} onOpen={onOpen} />
    </>
  );
}

function Filters({ filter, onFilter }: FilterProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        select
        label={t('webhooks.state')}
        value={filter.state ?? ''}
        onChange={(event) => onFilter('state', event.target.value)}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        sx={{ flex: '1 1 100px', maxWidth: 150 }}
      >
        <MenuItem value="">{t('webhooks.anyState')}</MenuItem>
        {STATES.map((state) => (
          <MenuItem key={state} value={state}>
            {t(`webhooks.states.${state}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={t('webhooks.type')}
        value={filter.type ?? ''}
        onChange={(event) => onFilter('type', event.target.value)}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        sx={{ flex: '1 1 150px', maxWidth: 280 }}
      >
        <MenuItem value="">{t('webhooks.anyType')}</MenuItem>
        {EVENT_TYPES.map((type) => (
          <MenuItem key={type} value={type}>
            {type}
          </MenuItem>
        ))}
      </TextField>
    </>
  );
}

interface RowsProps {
  list: UseInfiniteQueryResult<InfiniteData<Page<WebhookDeliveryView>>>;
  isFiltered: boolean;
  onOpen: (deliveryId: string) => void;
}

function Rows({ list, isFiltered, onOpen }: RowsProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = list;
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={160} />;
  const deliveries = data.pages.flatMap((page) => page.items);
  return (
    <>
      <FormError error={error} />
      {deliveries.length === 0 && (
        <Typography variant="body2" color="textSecondary" role="status">
          {t(isFiltered ? 'webhooks.noneFits' : 'webhooks.noDeliveries')}
        </Typography>
      )}
      <Box component="ul" aria-label={t('webhooks.deliveries')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => onOpen(delivery.id)} />
        ))}
      </Box>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} sx={{ mt: 1 }}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}
