import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Chip from '@mui/material/Chip';
import { useTranslation } from 'react-i18next';
import { MONOSPACE } from '../../../lib/theme';
import { exactTime } from '../../../lib/time';
import type { DeliveryState, WebhookDeliveryView } from '../../../lib/wire';

const COLORS = { pending: 'warning', delivered: 'success', failed: 'error' } as const;

export function DeliveryStateChip({ state }: { state: DeliveryState }) {
  const { t } = useTranslation();
  return <Chip size="small" variant="outlined" color={COLORS[state]} label={t(`webhooks.states.${state}`)} />;
}

interface DeliveryRowProps {
  delivery: WebhookDeliveryView;
  onOpen: () => void;
}

export function DeliveryRow({ delivery, onOpen }: DeliveryRowProps) {
  const { t, i18n } = useTranslation();
  const { state, type, createdAt, attempts } = delivery;
  return (
    <Box component="li" sx={{ borderBottom: 1, borderColor: 'divider' }}>
      <ButtonBase onClick={onOpen} sx={rowSx}>
        <Box sx={{ width: 92, flexShrink: 0 }}>
          <DeliveryStateChip state={state} />
        </Box>
        <Box sx={{ flex: '1 1 180px', minWidth: 0, fontFamily: MONOSPACE, fontSize: 13 }}>{type}</Box>
        <Box sx={{ fontSize: 13, color: 'text.secondary' }}>
          {t('webhooks.attempts', { count: attempts.length })}
        </Box>
        <Box component="time" dateTime={createdAt} sx={{ fontSize: 13, color: 'text.secondary' }}>
          {exactTime(createdAt, i18n.language)}
        </Box>
      </ButtonBase>
    </Box>
  );
}

const rowSx = {
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'flex-start',
  alignItems: 'center',
  columnGap: 1.5,
  rowGap: 0.5,
  width: '100%',
  minHeight: 44,
  px: 1,
  py: 1,
  textAlign: 'left',
  borderRadius: 1,
  '&:hover': { bgcolor: 'action.hover' },
} as const;
