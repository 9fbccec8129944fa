import ArrowDropDownRounded from '@mui/icons-material/ArrowDropDownRounded';
import CheckRounded from '@mui/icons-material/CheckRounded';
import PersonAddAltRounded from '@mui/icons-material/PersonAddAltRounded';
import PersonOffRounded from '@mui/icons-material/PersonOffRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentAvatar, AgentState } from '../../../components/ui/agent-presence';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { Spoken } from '../../../components/ui/spoken';
import { Reasoned } from '../../../components/ui/reasoned';
import { isAllowed } from '../../../lib/permissions';
import { useCan, useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { AgentView, ConversationView } from '../../../lib/wire';
import { useConversationActions } from '../api/conversation-actions';

/** Who may be given a conversation: those who could answer it. */
function assignable(agents: AgentView[] | undefined, selfId: string): AgentView[] {
  return (agents ?? []).filter(
    (agent) => agent.id !== selfId && isAllowed(agent.role, 'conversation.answer'),
  );
}

interface AssigneePickerProps {
  conversation: ConversationView;
  /** By their picture alone, where the room is somebody else's. */
  isCompact?: boolean;
}

export function AssigneePicker({ conversation, isCompact = false }: AssigneePickerProps) {
  const { t } = useTranslation();
  const self = useSelf();
  const canAnswer = useCan('conversation.answer');
  const { assign, isPending } = useConversationActions(conversation.id);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { assignee } = conversation;
  const label = assignee?.name ?? t('manage.assign');
  const choose = (agentId: string | null) => {
    setAnchor(null);
    if (agentId !== (assignee?.id ?? null)) assign(agentId);
  };
  return (
    <>
      <Reasoned reason={!canAnswer && t('composer.viewerReason')}>
        <Button
          color="secondary"
          disabled={!canAnswer}
          loading={isPending}
          aria-haspopup="menu"
          title={isCompact ? label : undefined}
          onClick={(event) => setAnchor(event.currentTarget)}
          endIcon={<ArrowDropDownRounded />}
          startIcon={assignee ? <PersonAvatar {...assignee} size={22} /> : <PersonAddAltRounded />}
          sx={{ flexShrink: 0, maxWidth: 200 }}
        >
          {assignee && <Spoken>{t('manage.assignee')}: </Spoken>}
          {isCompact ? (
            <Spoken>{label}</Spoken>
          ) : (
            <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
              {label}
            </Box>
          )}
        </Button>
      </Reasoned>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => choose(self.id)}>
          <ListItemIcon>
            <AgentAvatar agent={self} size={26} />
          </ListItemIcon>
          <Choice label={t('manage.assignToMe')} isChosen={assignee?.id === self.id} />
        </MenuItem>
        <OtherAgents isOpen={anchor !== null} chosenId={assignee?.id} onChoose={choose} />
        <Divider />
        <MenuItem onClick={() => choose(null)}>
          <ListItemIcon>
            <PersonOffRounded fontSize="small" />
          </ListItemIcon>
          <Choice label={t('manage.nobody')} isChosen={assignee === null} />
        </MenuItem>
      </Menu>
    </>
  );
}

interface OtherAgentsProps {
  isOpen: boolean;
  chosenId: string | undefined;
  onChoose: (agentId: string) => void;
}

function OtherAgents({ isOpen, chosenId, onChoose }: OtherAgentsProps) {
  const self = useSelf();
  const { data } = useQuery({ ...agentsQuery, enabled: isOpen });
  return assignable(data, self.id).map((agent) => (
    <MenuItem key={agent.id} onClick={() => onChoose(agent.id)}>
      <ListItemIcon>
        <AgentAvatar agent={agent} size={26} />
      </ListItemIcon>
      <Choice label={agent.name} state={<AgentState agent={agent} />} isChosen={agent.id === chosenId} />
    </MenuItem>
  ));
}

interface ChoiceProps {
  label: string;
  state?: ReactNode;
  isChosen: boolean;
}

function Choice({ label, state, isChosen }: ChoiceProps) {
  return (
    <>
      <Box component="span" sx={{ flex: 1, mr: 2 }}>
        {label}
        {state && (
          <Box component="span" sx={{ display: 'block', fontSize: 12.5, color: 'text.secondary' }}>
            {state}
          </Box>
        )}
      </Box>
      {isChosen && <CheckRounded fontSize="small" color="primary" />}
    </>
  );
}
