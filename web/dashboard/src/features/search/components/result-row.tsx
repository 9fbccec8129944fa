import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';
import { oneLine } from '../../../lib/one-line';
import { dateTime, listTime } from '../../../lib/time';

interface ResultRowProps {
  to: To;
  avatar: ReactNode;
  title: ReactNode;
  /** Beside the title, quieter. */
  place?: ReactNode;
  at?: string;
  children: ReactNode;
}

export function ResultRow({ to, avatar, title, place, at, children }: ResultRowProps) {
  const { i18n } = useTranslation();
  return (
    <Box
      component={Link}
      to={to}
      data-result=""
      sx={{
        display: 'flex',
        gap: 1.5,
        px: { xs: 2, sm: 3 },
        py: 1.5,
        borderBottom: 1,
        borderColor: 'divider',
        color: 'text.primary',
        textDecoration: 'none',
        '&:hover': { bgcolor: 'surface.sunken' },
        '&:focus-visible': { outlineOffset: -3 },
      }}
    >
      {avatar}
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75 }}>
          <Box component="span" sx={{ ...oneLine, fontSize: 14.5, fontWeight: 600 }}>
            {title}
          </Box>
          <Box component="span" sx={{ ...oneLine, flex: 1, fontSize: 13, color: 'text.secondary' }}>
            {place}
          </Box>
          {at && (
            <Box
              component="time"
              dateTime={at}
              title={dateTime(at, i18n.language)}
              sx={{ flexShrink: 0, fontSize: 12, color: 'text.secondary' }}
            >
              {listTime(at, i18n.language)}
            </Box>
          )}
        </Box>
        <Box sx={twoLinesSx}>{children}</Box>
      </Box>
    </Box>
  );
}

const twoLinesSx = {
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
  overflowWrap: 'anywhere',
  mt: 0.25,
  fontSize: 13.5,
  lineHeight: 1.5,
  color: 'text.secondary',
} as const;
