import Box from '@mui/material/Box';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CountBadge } from '../../../components/ui/unread-badge';
import { heldQuery } from '../../../lib/conversations/held-queries';
import { useCan } from '../../../lib/self';
import { INBOX_VIEWS, type InboxList } from '../hooks/use-inbox-view';

/** More than a badge says exactly. */
const MANY = 100;

export function InboxViews({ current }: { current: InboxList }) {
  const { t } = useTranslation();
  const canReview = useCan('message.review');
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = ref.current?.querySelector('[aria-current]');
    link?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <Box
      ref={ref}
      component="nav"
      aria-label={t('inbox.views')}
      sx={{
        display: 'flex',
        flexShrink: 0,
        pl: 1,
        pr: 3,
        overflowX: 'auto',
        scrollbarWidth: 'none',
        // What is cut off fades: there is more to the right.
        maskImage: 'linear-gradient(to right, #000 calc(100% - 32px), transparent)',
      }}
    >
      {INBOX_VIEWS.map((view) => (
        <Fragment key={view}>
          <ViewLink view={view} isCurrent={view === current} />
          {view === 'all' && canReview && <HeldLink isCurrent={current === 'held'} />}
        </Fragment>
      ))}
    </Box>
  );
}

function HeldLink({ isCurrent }: { isCurrent: boolean }) {
  const { data } = useInfiniteQuery(heldQuery);
  const count = data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
  return <ViewLink view="held" isCurrent={isCurrent} count={data?.pages.at(-1)?.nextCursor ? MANY : count} />;
}

interface ViewLinkProps {
  view: InboxList;
  isCurrent: boolean;
  count?: number;
}

function ViewLink({ view, isCurrent, count = 0 }: ViewLinkProps) {
  const { t } = useTranslation();
  return (
    <Box
      component={Link}
      to={`/inbox/${view}`}
      aria-current={isCurrent ? 'page' : undefined}
      sx={{
        flexShrink: 0,
        px: 1,
        pt: 0.75,
        pb: 1,
        minHeight: 40,
        display: 'flex',
        alignItems: 'center',
        gap: 0.75,
        fontSize: 13.5,
        fontWeight: isCurrent ? 700 : 500,
        color: isCurrent ? 'text.primary' : 'text.secondary',
        textDecoration: 'none',
        whiteSpace: 'nowrap',
        boxShadow: isCurrent ? 'inset 0 -2px 0 var(--mui-palette-primary-main)' : 'none',
        '&:hover': { color: 'text.primary' },
        '&:focus-visible': { outlineOffset: -2 },
      }}
    >
      {t(`inbox.${view}`)}
      <CountBadge count={count} label={t('held.count', { count })} />
    </Box>
  );
}
