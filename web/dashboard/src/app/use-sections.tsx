import GroupsRounded from '@mui/icons-material/GroupsRounded';
import InboxRounded from '@mui/icons-material/InboxRounded';
import SettingsRounded from '@mui/icons-material/SettingsRounded';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { allConversations, type ConversationFilter } from '../lib/conversations/conversation-list';
import { conversationListQuery } from '../lib/conversations/conversation-queries';
import { useSelf } from '../lib/self';

export interface Section {
  to: '/inbox' | '/team' | '/settings';
  label: string;
  icon: ReactNode;
  unread: number;
}

export function useSections(): Section[] {
  const { t } = useTranslation();
  const unread = useUnreadOfMine();
  return [
    { to: '/inbox', label: t('app.inbox'), icon: <InboxRounded />, unread },
    { to: '/team', label: t('app.team'), icon: <GroupsRounded />, unread: 0 },
    { to: '/settings', label: t('app.settings'), icon: <SettingsRounded />, unread: 0 },
  ];
}

/** Among the newest page of one's own open conversations: enough for a badge. */
function useUnreadOfMine(): number {
  const filter: ConversationFilter = { kind: 'support', status: 'open', assigneeId: useSelf().id };
  const { data } = useInfiniteQuery(conversationListQuery(filter));
  return allConversations(data).filter((conversation) => (conversation.unread ?? 0) > 0).length;
}
