import PersonRemoveOutlined from '@mui/icons-material/PersonRemoveOutlined';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { usePresence } from '../../../lib/presence';
import { useSelf } from '../../../lib/self';
import type { ConversationView, ParticipantView } from '../../../lib/wire';
import { useRemoveMember } from '../api/team-api';
import { teamErrorTexts } from '../hooks/team-error-texts';
import { useTeamRights } from '../hooks/use-team-rights';

interface MemberRowProps {
  member: ParticipantView;
  conversation: ConversationView;
}

export function MemberRow({ member, conversation }: MemberRowProps) {
  const { t } = useTranslation();
  const { canRemove } = useTeamRights(conversation);
  const isSelf = member.id === useSelf().id;
  const presence = usePresence('agent', member.id)?.status;
  const [isRemoving, setIsRemoving] = useState(false);
  const { name } = member;
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 1.25, minHeight: 48 }}>
      <PersonAvatar {...member} presence={presence} size={32} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontSize: 14, fontWeight: 600, overflowWrap: 'anywhere' }}>
          {isSelf ? t('common.you', { name }) : name}
        </Box>
        {presence && <Box sx={{ fontSize: 12, color: 'text.secondary' }}>{t(`presence.${presence}`)}</Box>}
      </Box>
      {conversation.createdBy?.id === member.id && <Chip size="small" label={t('team.creator')} />}
      {canRemove && !isSelf && (
        <IconButton
          size="small"
          aria-label={t('team.removeMember', { name })}
          onClick={() => setIsRemoving(true)}
        >
          <PersonRemoveOutlined fontSize="small" />
        </IconButton>
      )}
      {isRemoving && <RemoveDialog {...{ member, conversation }} onClose={() => setIsRemoving(false)} />}
    </Box>
  );
}

function RemoveDialog({ member, conversation, onClose }: MemberRowProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveMember(conversation.id);
  return (
    <ConfirmDialog
      isOpen
      title={t('team.removeTitle', { name: member.name })}
      text={t('team.removeText')}
      confirmLabel={t('team.remove')}
      isBusy={remove.isPending}
      error={remove.error}
      errorTexts={teamErrorTexts(t)}
      onConfirm={() => remove.mutate(member.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
