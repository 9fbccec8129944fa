import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { INBOX_VIEWS, type InboxView } from '../hooks/use-inbox-view';

export function InboxViews({ current }: { current: InboxView }) {
  const { t } = useTranslation();
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
        <ViewLink key={view} view={view} isCurrent={view === current} />
      ))}
    </Box>
  );
}

function ViewLink({ view, isCurrent }: { view: InboxView; isCurrent: boolean }) {
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
    </Box>
  );
}
