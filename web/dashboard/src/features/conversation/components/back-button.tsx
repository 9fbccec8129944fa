import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import IconButton from '@mui/material/IconButton';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';

/** Nothing where the list stands beside. */
export function BackButton({ to }: { to: To }) {
  const { t } = useTranslation();
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  if (isWide) return null;
  return (
    <IconButton component={Link} to={to} aria-label={t('conversation.backToList')}>
      <ArrowBackRounded />
    </IconButton>
  );
}
