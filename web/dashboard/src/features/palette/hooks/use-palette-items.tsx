import ArrowForwardRounded from '@mui/icons-material/ArrowForwardRounded';
import SearchRounded from '@mui/icons-material/SearchRounded';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import type { PickerItem } from '../../../components/ui/picker-dialog';
import { COMMAND_IDS, infoOf, offerOf, useCommandStore } from '../../../lib/commands';
import { conversationName, userName } from '../../../lib/conversations/conversation-name';
import { lastMessageText } from '../../../lib/conversations/last-message-text';
import { conversationPath } from '../../../lib/conversations/message-address';
import { isNameLike } from '../../../lib/name-match';
import { useSelf } from '../../../lib/self';
import { useSettled } from '../../../lib/use-settled';
import { foundConversationsQuery, foundUsersQuery } from '../api/palette-queries';

const GROUP_ORDER = ['conversation', 'list', 'go', 'app'] as const;

/** What can be done and where one can go, as far as it fits what is typed. */
export function usePaletteItems(typed: string): { items: PickerItem[]; isLoading: boolean } {
  const query = typed.trim();
  const commands = useCommandItems().filter(({ label }) => isNameLike(label, query));
  const places = usePlaceItems().filter(({ label }) => query !== '' && isNameLike(label, query));
  const found = useFoundItems(query);
  return { items: [...commands, ...places, ...found.items], isLoading: found.isLoading };
}

function useCommandItems(): PickerItem[] {
  const { t } = useTranslation();
  const runs = useCommandStore((state) => state.runs);
  const offered = COMMAND_IDS.filter((id) => runs[id]?.length && !infoOf(id).isKeyOnly);
  return GROUP_ORDER.flatMap((group) =>
    offered
      .filter((id) => infoOf(id).group === group)
      .map((id) => ({
        id,
        label: t(`commands.${id}`),
        group: t(`commands.group.${group}`),
        keys: infoOf(id).keys[0],
        run: () => offerOf(id)?.(),
      })),
  );
}

function usePlaceItems(): PickerItem[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const places = useCommandStore((state) => state.places);
  return Object.values(places)
    .flat()
    .map(({ id, label, to }) => ({
      id,
      label,
      group: t('commands.group.go'),
      icon: <ArrowForwardRounded />,
      run: () => void navigate(to),
    }));
}

function useFoundItems(query: string): { items: PickerItem[]; isLoading: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const self = useSelf();
  const settled = useSettled(query);
  const conversations = useQuery(foundConversationsQuery(settled));
  const users = useQuery(foundUsersQuery(settled));
  if (query === '') return { items: [], isLoading: false };
  const items: PickerItem[] = [
    ...(conversations.data?.items ?? []).map((one) => ({
      id: one.id,
      label: conversationName(one, self.id, t),
      hint: lastMessageText(one, self.id, t),
      group: t('search.conversations'),
      icon: <Avatar id={one.user?.id ?? one.id} name={conversationName(one, self.id, t)} />,
      run: () => void navigate(conversationPath(one)),
    })),
    ...(users.data?.items ?? []).map(({ id, profile, memberId }) => ({
      id,
      label: userName({ id, name: profile.name ?? '' }, t),
      hint: profile.email ?? memberId ?? undefined,
      group: t('search.users'),
      icon: <Avatar id={id} name={userName({ id, name: profile.name ?? '' }, t)} />,
      run: () => void navigate(`/users/${id}`),
    })),
    {
      id: 'search',
      label: t('commands.searchFor', { query }),
      group: t('app.search'),
      icon: <SearchRounded />,
      run: () =>
        void navigate(`/search?${new URLSearchParams({ q: query })}`, { state: { from: pathname + search } }),
    },
  ];
  return { items, isLoading: settled !== query || conversations.isLoading || users.isLoading };
}

function Avatar({ id, name }: { id: string; name: string }) {
  return <PersonAvatar id={id} name={name} size={26} />;
}
