import AccessTimeRounded from '@mui/icons-material/AccessTimeRounded';
import CheckRounded from '@mui/icons-material/CheckRounded';
import CloseRounded from '@mui/icons-material/CloseRounded';
import FlagOutlined from '@mui/icons-material/FlagOutlined';
import GroupsOutlined from '@mui/icons-material/GroupsOutlined';
import HourglassEmptyRounded from '@mui/icons-material/HourglassEmptyRounded';
import LocalOfferOutlined from '@mui/icons-material/LocalOfferOutlined';
import PersonAddAltRounded from '@mui/icons-material/PersonAddAltRounded';
import ReplayRounded from '@mui/icons-material/ReplayRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import LinearProgress from '@mui/material/LinearProgress';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { infoOf } from '../../../lib/commands';
import type { en } from '../../../lib/i18n/en';
import type { InboxActions } from '../hooks/use-inbox-actions';
import type { Selection } from '../hooks/use-selection';

interface BulkBarProps {
  selection: Selection;
  actions: InboxActions;
}

/** What can be done to all that is chosen. */
export function BulkBar({ selection, actions }: BulkBarProps) {
  const { t } = useTranslation();
  const { chosen } = selection;
  const isNothing = chosen.length === 0;
  const areResolved = !isNothing && chosen.every(({ status }) => status === 'resolved');
  return (
    <Box
      role="toolbar"
      aria-label={t('bulk.bar')}
      sx={{
        flexShrink: 0,
        px: 1,
        py: 0.75,
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        boxShadow: '0 -6px 20px rgba(10, 15, 30, 0.08)',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, pl: 1 }}>
        <Box role="status" sx={{ flex: 1, fontSize: 13.5, fontWeight: 600 }}>
          {t('bulk.selected', { count: chosen.length })}
        </Box>
        <Button size="small" onClick={selection.selectAll}>
          {t('commands.selectAll')}
        </Button>
        <IconButton size="small" aria-label={t('commands.clearSelection')} onClick={selection.clear}>
          <CloseRounded fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        {areResolved ? (
          <Action id="reopen" icon={<ReplayRounded />} onClick={() => actions.setStatus('open')} />
        ) : (
          <Action
            id="resolve"
            icon={<CheckRounded />}
            isDisabled={isNothing}
            onClick={() => actions.setStatus('resolved')}
          />
        )}
        <Action
          id="setPending"
          icon={<HourglassEmptyRounded />}
          isDisabled={isNothing}
          onClick={() => actions.setStatus('pending')}
        />
        <Action
          id="assign"
          icon={<PersonAddAltRounded />}
          isDisabled={isNothing}
          onClick={() => actions.ask('assign')}
        />
        <Action
          id="setTeam"
          icon={<GroupsOutlined />}
          isDisabled={isNothing}
          onClick={() => actions.ask('team')}
        />
        <Action
          id="snooze"
          icon={<AccessTimeRounded />}
          isDisabled={isNothing}
          onClick={() => actions.ask('snooze')}
        />
        <Action
          id="setTags"
          icon={<LocalOfferOutlined />}
          isDisabled={isNothing}
          onClick={() => actions.ask('tags')}
        />
        <Action
          id="setPriority"
          icon={<FlagOutlined />}
          isDisabled={isNothing}
          onClick={() => actions.ask('priority')}
        />
      </Box>
      {actions.isBusy && <LinearProgress aria-label={t('common.loading')} />}
    </Box>
  );
}

interface ActionProps {
  id: keyof typeof en.bulk.short;
  icon: ReactNode;
  isDisabled?: boolean;
  onClick: () => void;
}

function Action({ id, icon, isDisabled = false, onClick }: ActionProps) {
  const { t } = useTranslation();
  const label = t(`commands.${id}`);
  const key = infoOf(id).keys[0]?.toUpperCase();
  return (
    <Tooltip title={`${label} (${key})`}>
      <span>
        <IconButton aria-label={label} disabled={isDisabled} onClick={onClick} sx={actionSx}>
          {icon}
          <span>{t(`bulk.short.${id}`)}</span>
        </IconButton>
      </span>
    </Tooltip>
  );
}

/** A finger that rests on a picture is told nothing: without a pointer, its name stands below. */
const actionSx = {
  width: 40,
  height: 40,
  '& > span:last-of-type': { display: 'none', fontSize: 10.5, lineHeight: 1.3, whiteSpace: 'nowrap' },
  '@media (hover: none)': {
    width: 44,
    height: 46,
    borderRadius: 1,
    flexDirection: 'column',
    '& > span:last-of-type': { display: 'block' },
  },
} as const;
