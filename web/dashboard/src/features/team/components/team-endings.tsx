import Inventory2Outlined from '@mui/icons-material/Inventory2Outlined';
import LogoutRounded from '@mui/icons-material/LogoutRounded';
import UnarchiveOutlined from '@mui/icons-material/UnarchiveOutlined';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { showNotice, showToast } from '../../../components/ui/toast';
import { conversationName } from '../../../lib/conversations/conversation-name';
import { errorText } from '../../../lib/error-text';
import { useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { useChangeTeam, useLeave } from '../api/team-api';
import { teamErrorTexts } from '../hooks/team-error-texts';
import { useTeamRights } from '../hooks/use-team-rights';

interface OfConversation {
  conversation: ConversationView;
}

/** How a conversation ends: for all in the archive, for oneself by leaving. */
export function TeamEndings({ conversation }: OfConversation) {
  const { canArchive, canLeave } = useTeamRights(conversation);
  if (!canArchive && !canLeave) return null;
  return (
    <Stack spacing={0.5} sx={{ p: 2, alignItems: 'flex-start' }}>
      {canArchive && <Archive conversation={conversation} />}
      {canLeave && <Leave conversation={conversation} />}
    </Stack>
  );
}

function Archive({ conversation }: OfConversation) {
  const { t } = useTranslation();
  const change = useChangeTeam(conversation.id);
  const [isAsking, setIsAsking] = useState(false);
  const texts = teamErrorTexts(t);
  if (conversation.archivedAt) {
    const unarchive = () =>
      change.mutate(
        { part: 'archive', archived: false },
        { onError: (error) => showNotice(errorText(error, t, texts)) },
      );
    return (
      <Button startIcon={<UnarchiveOutlined />} loading={change.isPending} onClick={unarchive}>
        {t('team.unarchive')}
      </Button>
    );
  }
  return (
    <>
      <Button color="inherit" startIcon={<Inventory2Outlined />} onClick={() => setIsAsking(true)}>
        {t('team.archive')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('team.archiveTitle')}
        text={t('team.archiveText')}
        confirmLabel={t('team.archive')}
        isBusy={change.isPending}
        error={change.error}
        errorTexts={texts}
        onConfirm={() =>
          change.mutate({ part: 'archive', archived: true }, { onSuccess: () => setIsAsking(false) })
        }
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}

function Leave({ conversation }: OfConversation) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = conversationName(conversation, useSelf().id, t);
  const leave = useLeave(conversation.id);
  const [isAsking, setIsAsking] = useState(false);
  const isLast = conversation.participants.length === 1;
  const confirm = () =>
    leave.mutate(undefined, {
      onSuccess: () => {
        void navigate('/team', { replace: true });
        showToast(t('team.leftNotice', { name }));
      },
    });
  return (
    <>
      <Button color="error" startIcon={<LogoutRounded />} onClick={() => setIsAsking(true)}>
        {t('team.leave')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('team.leaveTitle', { name })}
        text={t(leaveTextKey(conversation, isLast))}
        confirmLabel={t('team.leave')}
        isBusy={leave.isPending}
        error={leave.error}
        errorTexts={teamErrorTexts(t)}
        onConfirm={confirm}
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}

/** With the last member, what is not public becomes nobody's to see. */
function leaveTextKey({ visibility }: ConversationView, isLast: boolean) {
  if (visibility === 'public') return 'team.leavePublicText';
  return isLast ? 'team.leaveLastText' : 'team.leaveText';
}
