import AccessTimeRounded from '@mui/icons-material/AccessTimeRounded';
import KeyboardDoubleArrowUpRounded from '@mui/icons-material/KeyboardDoubleArrowUpRounded';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { Spoken } from '../../../components/ui/spoken';
import { UnreadBadge } from '../../../components/ui/unread-badge';
import { conversationName } from '../../../lib/conversations/conversation-name';
import { activityOf } from '../../../lib/conversations/conversation-list';
import { lastMessageText } from '../../../lib/conversations/last-message-text';
import { useDraftText } from '../../../lib/drafts';
import { oneLine } from '../../../lib/one-line';
import { useSelf } from '../../../lib/self';
import { listTime } from '../../../lib/time';
import { useIsUserTyping } from '../../../lib/typing-users';
import type { ConversationView } from '../../../lib/wire';
import type { Selection } from '../hooks/use-selection';

/** More are not told apart at a glance. */
const SHOWN_TAGS = 2;
const AVATAR = 40;

interface ConversationRowProps {
  conversation: ConversationView;
  /** Where it stands in the list. */
  index: number;
  isOpen: boolean;
  address: To;
  /** Null: cannot be chosen. */
  selection: Selection | null;
}

export function ConversationRow({ conversation, index, isOpen, address, selection }: ConversationRowProps) {
  const { t } = useTranslation();
  const self = useSelf();
  const name = conversationName(conversation, self.id, t);
  const isUnread = (conversation.unread ?? 0) > 0;
  const isChosen = selection?.has(conversation.id) ?? false;
  const choose = (event: MouseEvent) => {
    if (!selection || !(event.shiftKey || (selection.isActive && isByFinger()))) return;
    event.preventDefault();
    if (event.shiftKey) selection.extendTo(conversation.id);
    else selection.toggle(conversation.id);
  };
  return (
    <Box
      data-row-id={conversation.id}
      data-row-index={index}
      sx={{
        position: 'relative',
        height: '100%',
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: isOpen || isChosen ? 'primary.light' : 'transparent',
        '&:hover': { bgcolor: isOpen || isChosen ? 'primary.light' : 'surface.sunken' },
        ...(selection && boxSx(selection.isActive)),
      }}
    >
      <Box
        component={Link}
        to={address}
        data-conversation-id={conversation.id}
        aria-current={isOpen ? 'true' : undefined}
        onClick={choose}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.5,
          height: '100%',
          px: 2,
          color: 'text.primary',
          textDecoration: 'none',
          '&:focus-visible': { outlineOffset: -3 },
        }}
      >
        <Box className="row-avatar">
          <PersonAvatar
            id={conversation.user?.id ?? conversation.id}
            name={name}
            avatarUrl={conversation.user?.avatarUrl}
            size={AVATAR}
          />
        </Box>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <TopLine conversation={conversation} name={name} isUnread={isUnread} />
          <MiddleLine conversation={conversation} isUnread={isUnread} isOpen={isOpen} />
          <BottomLine conversation={conversation} />
        </Box>
      </Box>
      {selection && (
        <Checkbox
          className="row-box"
          checked={isChosen}
          onChange={() => selection.toggle(conversation.id)}
          onClick={(event) => {
            if (!event.shiftKey) return;
            event.preventDefault();
            selection.extendTo(conversation.id);
          }}
          slotProps={{ input: { 'aria-label': t('bulk.select', { name }) } }}
          sx={{ position: 'absolute', left: 16, top: '50%', mt: '-20px', width: AVATAR, height: AVATAR }}
        />
      )}
    </Box>
  );
}

/** For a finger, the whole row is the box while one chooses: to open it would end the choosing. */
const isByFinger = () => window.matchMedia('(hover: none)').matches;

/** In the place of the avatar: when the row is pointed at or has the focus, and everywhere while something is chosen. */
function boxSx(isAlways: boolean) {
  const shown = { '.row-box': { opacity: 1 }, '.row-avatar': { visibility: 'hidden' } } as const;
  if (isAlways) return shown;
  return {
    '.row-box': { opacity: 0 },
    '&:has(:focus-visible)': shown,
    '@media (hover: hover)': { '&:hover': shown },
    // Not there for a finger, which would meet it without seeing it.
    '@media (hover: none)': { '&:not(:has(:focus-visible)) .row-box': { pointerEvents: 'none' } },
  } as const;
}

interface LineProps {
  conversation: ConversationView;
  isUnread: boolean;
}

function TopLine({ conversation, name, isUnread }: LineProps & { name: string }) {
  const { t, i18n } = useTranslation();
  const isRaised = conversation.priority === 'high' || conversation.priority === 'urgent';
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
      <Box component="span" sx={{ ...oneLine, flex: 1, fontSize: 14.5, fontWeight: isUnread ? 700 : 600 }}>
        {name}
      </Box>
      {isRaised && (
        <KeyboardDoubleArrowUpRounded
          titleAccess={t(`manage.${conversation.priority}`)}
          sx={{ fontSize: 16, color: conversation.priority === 'urgent' ? 'error.main' : 'warning.main' }}
        />
      )}
      <Box
        component="time"
        dateTime={activityOf(conversation)}
        sx={{ fontSize: 12, color: 'text.secondary', flexShrink: 0 }}
      >
        {listTime(activityOf(conversation), i18n.language)}
      </Box>
    </Box>
  );
}

function MiddleLine({ conversation, isUnread, isOpen }: LineProps & { isOpen: boolean }) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 0.25 }}>
      <Box
        component="span"
        sx={{ ...oneLine, flex: 1, fontSize: 13.5, color: isUnread ? 'text.primary' : 'text.secondary' }}
      >
        <Saying conversation={conversation} isOpen={isOpen} />
      </Box>
      <UnreadBadge count={conversation.unread ?? 0} />
    </Box>
  );
}

/** What is being said, else written, else was said. */
function Saying({ conversation, isOpen }: { conversation: ConversationView; isOpen: boolean }) {
  const { t } = useTranslation();
  const self = useSelf();
  const isTyping = useIsUserTyping(conversation.id);
  const draft = useDraftText(conversation.id);
  if (isTyping) {
    return (
      <Box component="span" sx={{ color: 'primary.main', fontStyle: 'italic' }}>
        {t('inbox.typing')}
      </Box>
    );
  }
  // What is being written stands in front of one already.
  if (draft === '' || isOpen) return lastMessageText(conversation, self.id, t);
  return (
    <>
      <Box component="span" sx={{ color: 'error.main', fontWeight: 600 }}>
        {t('inbox.draft')}
      </Box>{' '}
      {draft}
    </>
  );
}

/** Whose it is and what it is about; nothing while there is nothing to say. */
function BottomLine({ conversation }: { conversation: ConversationView }) {
  const { t, i18n } = useTranslation();
  const { status, snoozedUntil, assignee, team, tags } = conversation;
  const isSnoozed = status === 'snoozed' && snoozedUntil;
  if (!isSnoozed && !assignee && !team && tags.length === 0) return null;
  const about = [team?.name, ...tags.slice(0, SHOWN_TAGS).map((tag) => `#${tag}`)].filter(Boolean);
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.75,
        mt: 0.375,
        fontSize: 12,
        color: 'text.secondary',
      }}
    >
      {isSnoozed && (
        <>
          <AccessTimeRounded sx={{ fontSize: 14 }} aria-hidden />
          <Box component="span" sx={{ flexShrink: 0 }}>
            {t('inbox.snoozedUntil', { time: listTime(snoozedUntil, i18n.language) })}
          </Box>
        </>
      )}
      <Box component="span" sx={{ ...oneLine, flex: 1 }}>
        {about.join(' ')}
        {tags.length > SHOWN_TAGS && ` +${tags.length - SHOWN_TAGS}`}
      </Box>
      {assignee && (
        <>
          <Spoken>
            {t('manage.assignee')}: {assignee.name}
          </Spoken>
          <PersonAvatar {...assignee} size={18} />
        </>
      )}
    </Box>
  );
}
