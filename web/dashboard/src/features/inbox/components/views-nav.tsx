import AccessTimeRounded from '@mui/icons-material/AccessTimeRounded';
import AlternateEmailRounded from '@mui/icons-material/AlternateEmailRounded';
import CheckCircleOutlineRounded from '@mui/icons-material/CheckCircleOutlineRounded';
import GavelRounded from '@mui/icons-material/GavelRounded';
import GroupsOutlined from '@mui/icons-material/GroupsOutlined';
import HourglassEmptyRounded from '@mui/icons-material/HourglassEmptyRounded';
import InboxRounded from '@mui/icons-material/InboxRounded';
import LocalOfferOutlined from '@mui/icons-material/LocalOfferOutlined';
import PersonOffOutlined from '@mui/icons-material/PersonOffOutlined';
import PersonOutlineRounded from '@mui/icons-material/PersonOutlineRounded';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '../../../lib/conversations/count-queries';
import { heldQuery } from '../../../lib/conversations/held-queries';
import { useCan } from '../../../lib/self';
import { teamsQuery } from '../../../lib/tenant-queries';
import type { ConversationCounts } from '../../../lib/wire';
import { savedViewsQuery } from '../api/saved-views';
import { CHIP_FIELDS, INBOX_VIEWS, searchOf, type InboxList, type InboxView } from '../hooks/inbox-address';
import { useInboxView } from '../hooks/use-inbox-view';
import { SavedViews } from './saved-views';
import { Section, ViewLink } from './view-link';

/** More than the list of what is held is asked for at once. */
const HELD_MANY = 1_000;
/** The others are found among the filters. */
const SHOWN_TAGS = 8;

const ICONS: Record<InboxList, ReactNode> = {
  mine: <PersonOutlineRounded />,
  unassigned: <PersonOffOutlined />,
  all: <InboxRounded />,
  mentions: <AlternateEmailRounded />,
  pending: <HourglassEmptyRounded />,
  snoozed: <AccessTimeRounded />,
  resolved: <CheckCircleOutlineRounded />,
  held: <GavelRounded />,
};

const countOf = (counts: ConversationCounts, view: InboxView): number | null =>
  counts[view === 'all' ? 'open' : view];

/** All lists that the inbox has, with how much waits in each. */
export function ViewsNav({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation();
  const canReview = useCan('message.review');
  const { view, narrowing, savedId } = useInboxView();
  const { data: counts } = useQuery(countsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: saved = [] } = useQuery(savedViewsQuery);
  const narrowed = CHIP_FIELDS.filter((field) => narrowing[field] !== '');
  const isPlain = savedId === null && narrowed.length === 0;
  /** Narrowed by this and nothing else. */
  const isOnly = (field: 'teamId' | 'tag', value: string) =>
    savedId === null && view === 'all' && narrowed.length === 1 && narrowing[field] === value;
  const openOf = (teamId: string) => counts?.teams.find(({ id }) => id === teamId)?.open;
  const leave = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a')) onChosen?.();
  };
  return (
    <Box
      component="nav"
      aria-label={t('inbox.views')}
      onClick={leave}
      sx={{ height: '100%', overflowY: 'auto', px: 1, py: 1.5 }}
    >
      <Typography variant="h2" component="h1" sx={{ px: 1.25, pt: 0.625, pb: 1.5 }}>
        {t('inbox.title')}
      </Typography>
      <Section>
        {INBOX_VIEWS.map((one) => (
          <ViewLink
            key={one}
            to={`/inbox/${one}`}
            icon={ICONS[one]}
            label={t(`inbox.${one}`)}
            count={counts && countOf(counts, one)}
            isCurrent={isPlain && one === view}
          />
        ))}
        {canReview && <HeldLink isCurrent={view === 'held'} />}
      </Section>
      {saved.length > 0 && <SavedViews views={saved} />}
      {teams.length > 0 && (
        <Section title={t('inbox.teams')}>
          {teams.map(({ id, name }) => (
            <ViewLink
              key={id}
              to={`/inbox/all?${searchOf({ teamId: id })}`}
              icon={<GroupsOutlined />}
              label={name}
              count={openOf(id)}
              isCurrent={isOnly('teamId', id)}
            />
          ))}
        </Section>
      )}
      {counts && counts.tags.length > 0 && (
        <Section title={t('manage.tags')}>
          {counts.tags.slice(0, SHOWN_TAGS).map(({ tag, open }) => (
            <ViewLink
              key={tag}
              to={`/inbox/all?${searchOf({ tag })}`}
              icon={<LocalOfferOutlined />}
              label={tag}
              count={open}
              isCurrent={isOnly('tag', tag)}
            />
          ))}
        </Section>
      )}
    </Box>
  );
}

function HeldLink({ isCurrent }: { isCurrent: boolean }) {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery(heldQuery);
  const loaded = data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
  const count = data?.pages.at(-1)?.nextCursor ? HELD_MANY : loaded;
  return (
    <ViewLink
      to="/inbox/held"
      icon={ICONS.held}
      label={t('inbox.held')}
      count={count}
      countLabel={t('held.count', { count })}
      isCurrent={isCurrent}
      isUrgent
    />
  );
}
