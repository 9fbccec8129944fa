import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { userName } from '../../../lib/conversations/conversation-name';
import type { UserView } from '../../../lib/wire';
import { foundUsersQuery } from '../api/search-queries';
import { ResultList } from './result-list';
import { ResultRow } from './result-row';

export function UserResults({ query }: { query: string }) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(foundUsersQuery(query));
  return (
    <ResultList found={found} label={t('search.users')} query={query} keyOf={({ id }) => id}>
      {(user) => <UserResult user={user} />}
    </ResultList>
  );
}

function UserResult({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const { email, phone, avatarUrl } = user.profile;
  const name = userName({ id: user.id, name: user.profile.name ?? '' }, t);
  const facts = [email, phone, user.memberId, user.blockedAt && t('user.blocked')].filter(Boolean);
  return (
    <ResultRow
      to={`/users/${user.id}`}
      avatar={
        <PersonAvatar id={user.id} name={name} avatarUrl={avatarUrl} presence={user.presence} size={36} />
      }
      title={name}
      place={t(`user.${user.identity}`)}
      at={user.lastSeenAt ?? undefined}
    >
      {facts.join(' · ')}
    </ResultRow>
  );
}
