import ArrowDropDownRounded from '@mui/icons-material/ArrowDropDownRounded';
import CheckRounded from '@mui/icons-material/CheckRounded';
import ReplayRounded from '@mui/icons-material/ReplayRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonGroup from '@mui/material/ButtonGroup';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Reasoned } from '../../../components/ui/reasoned';
import { useCan } from '../../../lib/self';
import type { ConversationStatus, ConversationView } from '../../../lib/wire';
import { useConversationActions } from '../api/conversation-actions';
import { SnoozeDialog } from '../../../components/ui/snooze-dialog';

const LABELS = {
  open: 'manage.reopen',
  pending: 'manage.setPending',
  snoozed: 'manage.snooze',
  resolved: 'manage.resolve',
} as const;
const ORDER: readonly ConversationStatus[] = ['open', 'pending', 'snoozed', 'resolved'];

/** The usual next step as a button, the others in its menu. */
export function StatusControl({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const { setStatus, isPending } = useConversationActions(conversation.id);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isSnoozing, setIsSnoozing] = useState(false);
  const next: ConversationStatus =
    conversation.status === 'open' || conversation.status === 'pending' ? 'resolved' : 'open';
  const choose = (status: ConversationStatus) => {
    setAnchor(null);
    if (status === 'snoozed') setIsSnoozing(true);
    else setStatus(status);
  };
  return (
    <>
      <Reasoned reason={!canAnswer && t('composer.viewerReason')}>
        <ButtonGroup
          variant={next === 'resolved' ? 'contained' : 'outlined'}
          disabled={!canAnswer}
          sx={{ flexShrink: 0 }}
        >
          <Button
            loading={isPending}
            loadingPosition="start"
            startIcon={next === 'resolved' ? <CheckRounded /> : <ReplayRounded />}
            aria-label={t(LABELS[next])}
            onClick={() => choose(next)}
            sx={{ '& .MuiButton-startIcon': { mr: { xs: 0, sm: 1 } } }}
          >
            <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>
              {t(LABELS[next])}
            </Box>
          </Button>
          <Button
            aria-label={t('manage.changeStatus')}
            aria-haspopup="menu"
            onClick={(event) => setAnchor(event.currentTarget)}
            sx={{ px: 0.5 }}
          >
            <ArrowDropDownRounded />
          </Button>
        </ButtonGroup>
      </Reasoned>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        {ORDER.filter((status) => status !== conversation.status || status === 'snoozed').map((status) => (
          <MenuItem key={status} onClick={() => choose(status)}>
            {t(LABELS[status])}
          </MenuItem>
        ))}
      </Menu>
      <SnoozeDialog
        isOpen={isSnoozing}
        onClose={() => setIsSnoozing(false)}
        onChoose={(until) => {
          setIsSnoozing(false);
          setStatus('snoozed', until.toISOString());
        }}
      />
    </>
  );
}
