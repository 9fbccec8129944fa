import CheckRounded from '@mui/icons-material/CheckRounded';
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MONOSPACE } from '../../lib/theme';

const SHOWN_MS = 2_000;

interface CopyFieldProps {
  label: string;
  value: string;
  hint?: string;
  isMultiline?: boolean;
}

/** A value to take along: selectable as a whole, with a button to copy it. */
export function CopyField({ label, value, hint, isMultiline }: CopyFieldProps) {
  const labelId = useId();
  return (
    <Box>
      <Typography id={labelId} variant="subtitle2" sx={{ mb: 0.5 }}>
        {label}
      </Typography>
      <Box
        role="group"
        aria-labelledby={labelId}
        sx={{
          display: 'flex',
          alignItems: isMultiline ? 'flex-start' : 'center',
          gap: 1,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'surface.sunken',
          pl: 1.5,
          pr: 0.5,
          py: 0.25,
        }}
      >
        <Box
          component={isMultiline ? 'pre' : 'span'}
          // What is wider than its place is scrolled by the keyboard too.
          tabIndex={isMultiline ? 0 : undefined}
          sx={{
            flex: 1,
            minWidth: 0,
            m: 0,
            py: 0.75,
            fontFamily: MONOSPACE,
            fontSize: 13,
            lineHeight: 1.6,
            userSelect: 'all',
            overflowX: 'auto',
            whiteSpace: isMultiline ? 'pre' : 'normal',
            wordBreak: 'break-all',
          }}
        >
          {value}
        </Box>
        <CopyButton value={value} label={label} />
      </Box>
      {hint && (
        <Typography variant="caption" color="textSecondary" sx={{ display: 'block', mt: 0.5 }}>
          {hint}
        </Typography>
      )}
    </Box>
  );
}

function CopyButton({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    copyText(value).then(
      () => setIsCopied(true),
      // The value stays selectable by hand.
      () => undefined,
    );
  };
  const title = isCopied ? t('common.copied') : t('common.copy');
  return (
    <Tooltip title={title}>
      <IconButton size="small" aria-label={`${title}: ${label}`} onClick={copy}>
        {isCopied ? (
          <CheckRounded fontSize="small" color="success" />
        ) : (
          <ContentCopyRounded fontSize="small" />
        )}
      </IconButton>
    </Tooltip>
  );
}

/** The clipboard exists in secure contexts only. */
async function copyText(text: string): Promise<void> {
  if (!('clipboard' in navigator)) throw new Error('No clipboard');
  await navigator.clipboard.writeText(text);
}
