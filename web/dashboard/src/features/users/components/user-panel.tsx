import EditRounded from '@mui/icons-material/EditRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact, PanelSection } from '../../../components/ui/panel-section';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { ErrorMessage } from '../../../components/ui/state-message';
import { userName } from '../../../lib/conversations/conversation-name';
import { usePresence } from '../../../lib/presence';
import { useCan } from '../../../lib/self';
import { dateTime, relativeTime } from '../../../lib/time';
import { userQuery } from '../../../lib/user-queries';
import type { UserView } from '../../../lib/wire';
import { lookAgain } from '../hooks/refresh';
import { Attributes } from './attributes';
import { IdentityChip } from './identity-chip';
import { OtherConversations } from './other-conversations';
import { ProfileDialog } from './profile-dialog';
import { UserControls } from './user-controls';
import { UserEvents } from './user-events';
import { UserTags } from './user-tags';
import { Whereabouts } from './whereabouts';

interface UserPanelProps {
  userId: string;
  /** The one beside which it is shown. */
  currentConversationId?: string;
}

export function UserPanel({ userId, currentConversationId }: UserPanelProps) {
  const [isGone, setIsGone] = useState(false);
  const { data: user, error, refetch } = useQuery({ ...userQuery(userId), ...lookAgain(isGone) });
  if (error && !user) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!user) return <PanelLoading />;
  return (
    <>
      <Profile user={user} />
      <Attributes user={user} />
      <Whereabouts user={user} />
      <UserEvents userId={userId} isGone={isGone} />
      <OtherConversations userId={userId} currentId={currentConversationId} />
      <UserControls user={user} onErased={() => setIsGone(true)} />
    </>
  );
}

function PanelLoading() {
  const { t } = useTranslation();
  return (
    <Box role="status" aria-label={t('common.loading')} sx={{ p: 2.5 }}>
      <Skeleton variant="circular" width={48} height={48} />
      <Skeleton width="60%" sx={{ mt: 1.5 }} />
      <Skeleton width="80%" />
      <Skeleton width="70%" />
    </Box>
  );
}

function Profile({ user }: { user: UserView }) {
  const { t, i18n } = useTranslation();
  const canEdit = useCan('user.edit');
  const [isEditing, setIsEditing] = useState(false);
  const presence = usePresence('user', user.id);
  const status = presence?.status ?? user.presence;
  // Who has never opened the widget was never connected, but has been on the site.
  const lastSeenAt = presence?.lastSeenAt ?? user.lastSeenAt ?? user.devices[0]?.lastSeenAt;
  const name = userName({ id: user.id, name: user.profile.name ?? '' }, t);
  return (
    <PanelSection
      title={t('user.title')}
      action={
        <Tooltip title={canEdit ? t('user.edit') : t('errors.forbidden')}>
          <span>
            <IconButton
              size="small"
              aria-label={t('user.edit')}
              disabled={!canEdit}
              onClick={() => setIsEditing(true)}
            >
              <EditRounded fontSize="small" />
            </IconButton>
          </span>
        </Tooltip>
      }
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 1.5 }}>
        <PersonAvatar
          id={user.id}
          name={name}
          avatarUrl={user.profile.avatarUrl}
          presence={status}
          size={48}
        />
        <Box sx={{ minWidth: 0 }}>
          <Typography variant="h2" component="p" sx={{ overflowWrap: 'anywhere' }}>
            {name}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {t(`presence.${status}`)}
          </Typography>
        </Box>
      </Box>
      <Fact label={t('user.identity')}>
        <IdentityChip identity={user.identity} />
      </Fact>
      {user.profile.email && (
        <Fact label={t('user.email')}>
          <Link href={`mailto:${user.profile.email}`}>{user.profile.email}</Link>
        </Fact>
      )}
      {user.profile.phone && (
        <Fact label={t('user.phone')}>
          <Link href={`tel:${user.profile.phone}`}>{user.profile.phone}</Link>
        </Fact>
      )}
      {user.memberId && <Fact label={t('user.memberId')}>{user.memberId}</Fact>}
      {user.language && <Fact label={t('user.language')}>{languageName(user.language, i18n.language)}</Fact>}
      <Fact label={t('user.firstSeen')}>{dateTime(user.createdAt, i18n.language)}</Fact>
      <Fact label={t('user.lastSeen')}>
        {status === 'online'
          ? t('user.now')
          : lastSeenAt
            ? relativeTime(lastSeenAt, i18n.language)
            : t('common.unknown')}
      </Fact>
      {user.consentedAt && (
        <Fact label={t('user.consented')}>{dateTime(user.consentedAt, i18n.language)}</Fact>
      )}
      <UserTags user={user} />
      <ProfileDialog user={user} isOpen={isEditing} onClose={() => setIsEditing(false)} />
    </PanelSection>
  );
}

/** `한국어` rather than `ko`; a tag that is none is shown as it came. */
function languageName(tag: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
