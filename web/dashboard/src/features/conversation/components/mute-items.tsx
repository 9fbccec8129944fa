import NotificationsOffOutlined from '@mui/icons-material/NotificationsOffOutlined';
import NotificationsNoneRounded from '@mui/icons-material/NotificationsNoneRounded';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import MenuItem from '@mui/material/MenuItem';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../lib/wire';
import { useConversationActions } from '../api/conversation-actions';
import { inOneHour, tomorrowMorning } from '../../../lib/snooze-times';

export function isMuted({ mutedUntil }: ConversationView): boolean {
  return mutedUntil != null && Date.parse(mutedUntil) > Date.now();
}

/** For oneself: nobody else sees it. */
export function MuteItems({
  conversation,
  onChosen,
}: {
  conversation: ConversationView;
  onChosen: () => void;
}) {
  const { t } = useTranslation();
  const { mute, unmute } = useConversationActions(conversation.id);
  const item = (label: string, icon: ReactNode, change: () => void) => (
    <MenuItem
      key={label}
      onClick={() => {
        change();
        onChosen();
      }}
    >
      <ListItemIcon>{icon}</ListItemIcon>
      <ListItemText>{label}</ListItemText>
    </MenuItem>
  );
  if (isMuted(conversation))
    return item(t('conversation.unmute'), <NotificationsNoneRounded fontSize="small" />, unmute);
  const off = <NotificationsOffOutlined fontSize="small" />;
  return [
    item(t('conversation.muteForHour'), off, () => mute(inOneHour(new Date()))),
    item(t('conversation.muteUntilTomorrow'), off, () => mute(tomorrowMorning(new Date()))),
    item(t('conversation.muteForGood'), off, () => mute(null)),
  ];
}
