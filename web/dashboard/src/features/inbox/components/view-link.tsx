import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';
import { Spoken } from '../../../components/ui/spoken';

/** What the server counts exactly. */
const EXACT_TO = 999;

interface ViewLinkProps {
  to: To;
  icon: ReactNode;
  label: string;
  /** Not known, or not counted: nothing is said. */
  count?: number | null;
  countLabel?: string;
  isCurrent: boolean;
  /** Somebody has to do something about what is counted. */
  isUrgent?: boolean;
  /** What can be done with the view itself. */
  menu?: ReactNode;
}

/** One list of the inbox. */
export function ViewLink({ to, icon, label, count, countLabel, isCurrent, isUrgent, menu }: ViewLinkProps) {
  const { t } = useTranslation();
  const isCounted = typeof count === 'number' && count > 0;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        borderRadius: 1,
        bgcolor: isCurrent ? 'primary.light' : 'transparent',
        '&:hover': { bgcolor: isCurrent ? 'primary.light' : 'action.hover' },
      }}
    >
      <Box
        component={Link}
        to={to}
        aria-current={isCurrent ? 'page' : undefined}
        sx={{
          flex: 1,
          minWidth: 0,
          display: 'flex',
          alignItems: 'center',
          gap: 1.25,
          minHeight: { xs: 44, md: 34 },
          px: 1.25,
          borderRadius: 1,
          fontSize: 13.5,
          fontWeight: isCurrent ? 650 : 500,
          color: 'text.primary',
          textDecoration: 'none',
          '& > svg': { fontSize: 18, color: isCurrent ? 'primary.main' : 'text.secondary' },
          '&:focus-visible': { outlineOffset: -2 },
        }}
      >
        {icon}
        <Box
          component="span"
          sx={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          {label}
        </Box>
        {isCounted && (
          <Box
            component="span"
            sx={{
              fontSize: 12.5,
              fontVariantNumeric: 'tabular-nums',
              fontWeight: isUrgent ? 700 : 500,
              color: isUrgent ? 'warning.main' : 'text.secondary',
            }}
          >
            <span aria-hidden>{count > EXACT_TO ? `${EXACT_TO}+` : count}</span>
            <Spoken>{countLabel ?? t('inbox.count', { count })}</Spoken>
          </Box>
        )}
      </Box>
      {menu}
    </Box>
  );
}

/** Lists that belong together. */
export function Section({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ mb: 2 }}>
      {title && (
        <Box component="h2" sx={titleSx}>
          {title}
        </Box>
      )}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {children}
      </Box>
    </Box>
  );
}

const titleSx = { m: 0, px: 1.25, pb: 0.5, fontSize: 12, fontWeight: 600, color: 'text.secondary' } as const;
