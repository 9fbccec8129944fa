import Autocomplete from '@mui/material/Autocomplete';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormError } from '../../../components/ui/form-error';
import { useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { AgentView } from '../../../lib/wire';
import { useStartConversation } from '../api/team-api';

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
function DirectForm({ titleId, onClose }: { titleId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const navigate = useNavigate();
  const { data } = useQuery(agentsQuery);
  const start = useStartConversation();
  const [chosen, setChosen] = useState<AgentView[]>([]);
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(chosen.length === 0);
    if (chosen.length === 0) return;
    start.mutate(
      { kind: chosen.length === 1 ? 'direct' : 'group', agentIds: chosen.map((agent) => agent.id) },
      {
        onSuccess: ({ conversation }) => {
          onClose();
          void navigate(`/team/${conversation.id}`);
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit}>
      <DialogTitle id={titleId}>{t('team.newDirect')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <FormError error={start.error} />
          <Autocomplete
            multiple
            options={data?.filter((agent) => agent.id !== selfId) ?? []}
            getOptionLabel={(agent) => agent.name}
            getOptionKey={(agent) => agent.id}
            isOptionEqualToValue={(option, value) => option.id === value.id}
            value={chosen}
            onChange={(_event, agents) => setChosen(agents)}
            renderInput={(params) => (
              <TextField
                {...params}
                label={t('team.chooseAgents')}
                error={isMissing && chosen.length === 0}
                helperText={isMissing && chosen.length === 0 && t('team.chooseAtLeastOne')}
              />
            )}
          />
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
