import EditOutlined from '@mui/icons-material/EditOutlined';
import PersonAddAltRounded from '@mui/icons-material/PersonAddAltRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact, PanelSection } from '../../../components/ui/panel-section';
import { SlowModeField } from '../../../components/ui/slow-mode-field';
import { showNotice } from '../../../components/ui/toast';
import { errorText } from '../../../lib/error-text';
import { dateTime } from '../../../lib/time';
import type { ConversationView } from '../../../lib/wire';
import { useChangeTeam } from '../api/team-api';
import { teamErrorTexts } from '../hooks/team-error-texts';
import { useTeamRights } from '../hooks/use-team-rights';
import { InviteMembersDialog } from './invite-members-dialog';
import { MemberRow } from './member-row';
import { TeamEditDialog } from './team-edit-dialog';
import { TeamEndings } from './team-endings';

/** What a group or channel is, who is in it, and what one may change about it. */
export function TeamDetails({ conversation }: { conversation: ConversationView }) {
  return (
    <>
      <About conversation={conversation} />
      <Members conversation={conversation} />
      <TeamEndings conversation={conversation} />
    </>
  );
}

function About({ conversation }: { conversation: ConversationView }) {
  const { t, i18n } = useTranslation();
  const { canEdit } = useTeamRights(conversation);
  const [isEditing, setIsEditing] = useState(false);
  const { name, description, visibility, archivedAt, createdAt } = conversation;
  return (
    <PanelSection
      title={t('team.about')}
      action={
        canEdit && (
          <IconButton size="small" aria-label={t('team.edit')} onClick={() => setIsEditing(true)}>
            <EditOutlined fontSize="small" />
          </IconButton>
        )
      }
    >
      <Fact label={t('team.name')}>{name ?? <Missing text={t('team.unnamed')} />}</Fact>
      <Fact label={t('team.description')}>
        <Box sx={{ whiteSpace: 'pre-wrap', py: 0.75 }}>
          {description ?? <Missing text={t('team.undescribed')} />}
        </Box>
      </Fact>
      {visibility && <Fact label={t('team.visibility')}>{t(`team.${visibility}`)}</Fact>}
      <SlowMode conversation={conversation} />
      <Fact label={t('manage.created')}>{dateTime(createdAt, i18n.language)}</Fact>
      {archivedAt && <Fact label={t('team.archivedAt')}>{dateTime(archivedAt, i18n.language)}</Fact>}
      {isEditing && <TeamEditDialog conversation={conversation} onClose={() => setIsEditing(false)} />}
    </PanelSection>
  );
}

function Missing({ text }: { text: string }) {
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {text}
    </Box>
  );
}

function SlowMode({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const { canSlow } = useTeamRights(conversation);
  const change = useChangeTeam(conversation.id);
  const set = (slowModeSeconds: number) =>
    change.mutate(
      { part: 'properties', properties: { slowModeSeconds } },
      { onError: (error) => showNotice(errorText(error, t, teamErrorTexts(t))) },
    );
  return (
    <SlowModeField
      seconds={conversation.slowModeSeconds}
      hint={t('team.slowModeHint')}
      isDisabled={!canSlow || change.isPending}
      onChange={set}
    />
  );
}

function Members({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const { canInvite } = useTeamRights(conversation);
  const [isInviting, setIsInviting] = useState(false);
  const { participants } = conversation;
  return (
    <PanelSection
      title={t('team.members', { count: participants.length })}
      action={
        canInvite && (
          <Button size="small" startIcon={<PersonAddAltRounded />} onClick={() => setIsInviting(true)}>
            {t('team.invite')}
          </Button>
        )
      }
    >
      <Box component="ul" aria-label={t('team.memberList')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {participants.map((member) => (
          <MemberRow key={member.id} member={member} conversation={conversation} />
        ))}
      </Box>
      {isInviting && <InviteMembersDialog conversation={conversation} onClose={() => setIsInviting(false)} />}
    </PanelSection>
  );
}
