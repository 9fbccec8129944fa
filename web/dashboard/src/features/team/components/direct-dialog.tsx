import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormError } from '../../../components/ui/form-error';
import { useSelf } from '../../../lib/self';
import type { AgentView, CreateConversationBody } from '../../../lib/wire';
import { useStartConversation } from '../api/team-api';
import { NAME_MAX } from '../hooks/limits';
import { teamErrorTexts } from '../hooks/team-error-texts';
import { AgentsField } from '../../../components/ui/agents-field';

interface DirectDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function DirectDialog({ isOpen, onClose }: DirectDialogProps) {
  const titleId = useId();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId}>
      <DirectForm titleId={titleId} onClose={onClose} />
    </Dialog>
  );
}

/** With one agent it is a direct conversation, with several a group. */
function bodyOf(agents: readonly AgentView[], name: string): CreateConversationBody {
  const agentIds = agents.map(({ id }) => id);
  if (agents.length === 1) return { kind: 'direct', agentIds };
  return { kind: 'group', agentIds, ...(name.trim() && { name: name.trim() }) };
}

function DirectForm({ titleId, onClose }: { titleId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const navigate = useNavigate();
  const start = useStartConversation();
  const [chosen, setChosen] = useState<AgentView[]>([]);
  const [name, setName] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(chosen.length === 0);
    if (chosen.length === 0) return;
    start.mutate(bodyOf(chosen, name), {
      onSuccess: ({ conversation }) => {
        onClose();
        void navigate(`/team/${conversation.id}`);
      },
    });
  };
  return (
    <form noValidate onSubmit={submit}>
      <DialogTitle id={titleId}>{t('team.newDirect')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <FormError error={start.error} texts={teamErrorTexts(t)} />
          <AgentsField
            label={t('team.chooseAgents')}
            value={chosen}
            excludedIds={[selfId]}
            fault={isMissing && chosen.length === 0 && t('team.chooseAtLeastOne')}
            hint={t('team.severalMakeGroup')}
            onChange={setChosen}
          />
          {chosen.length > 1 && (
            <TextField
              label={t('team.groupName')}
              helperText={t('team.groupNameHint')}
              value={name}
              onChange={(event) => setName(event.target.value)}
              slotProps={{ htmlInput: { maxLength: NAME_MAX } }}
            />
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={start.isPending}>
          {t('team.start')}
        </Button>
      </DialogActions>
    </form>
  );
}
