import GroupsRounded from '@mui/icons-material/GroupsRounded';
import InboxRounded from '@mui/icons-material/InboxRounded';
import InsightsRounded from '@mui/icons-material/InsightsRounded';
import SearchRounded from '@mui/icons-material/SearchRounded';
import SettingsRounded from '@mui/icons-material/SettingsRounded';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { allConversations, type ConversationFilter } from '../lib/conversations/conversation-list';
import { conversationListQuery } from '../lib/conversations/conversation-queries';
import { useSelf } from '../lib/self';

export interface Section {
  to: '/inbox' | '/team' | '/overview' | '/search' | '/settings';
  label: string;
  icon: ReactNode;
  unread: number;
}

export function useSections(): Section[] {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const mine = useUnread({ kind: 'support', status: 'open', assigneeId: selfId });
  const direct = useUnread({ kind: 'direct' });
  const groups = useUnread({ kind: 'group' });
  const channels = useUnread({ kind: 'channel', joined: true });
  return [
    { to: '/inbox', label: t('app.inbox'), icon: <InboxRounded />, unread: mine },
    { to: '/team', label: t('app.team'), icon: <GroupsRounded />, unread: direct + groups + channels },
    { to: '/overview', label: t('app.overview'), icon: <InsightsRounded />, unread: 0 },
    { to: '/search', label: t('app.search'), icon: <SearchRounded />, unread: 0 },
    { to: '/settings', label: t('app.settings'), icon: <SettingsRounded />, unread: 0 },
  ];
}

/** How many have something unread, among the newest page: enough for a badge. */
function useUnread(filter: ConversationFilter): number {
  const { data } = useInfiniteQuery(conversationListQuery(filter));
  return allConversations(data).filter((conversation) => (conversation.unread ?? 0) > 0).length;
}
