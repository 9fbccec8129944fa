import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import type { AgentView, ConversationView } from '../../../lib/wire';
import { useChangeTeam } from '../api/team-api';
import { teamErrorTexts } from '../hooks/team-error-texts';
import { AgentsField } from '../../../components/ui/agents-field';

interface InviteMembersDialogProps {
  conversation: ConversationView;
  onClose: () => void;
}

export function InviteMembersDialog({ conversation, onClose }: InviteMembersDialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const change = useChangeTeam(conversation.id);
  const [chosen, setChosen] = useState<AgentView[]>([]);
  const invite = () =>
    change.mutate({ part: 'members', agentIds: chosen.map(({ id }) => id) }, { onSuccess: onClose });
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('team.invite')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <FormError error={change.error} texts={teamErrorTexts(t)} />
          <AgentsField
            label={t('team.inviteWhom')}
            value={chosen}
            excludedIds={conversation.participants.map(({ id }) => id)}
            onChange={setChosen}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="contained"
          disabled={chosen.length === 0}
          loading={change.isPending}
          onClick={invite}
        >
          {t('team.add')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
