import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChatError } from '@fast-light-chat/sdk';
import { errorText, isForbidden, type ErrorTexts } from '../../lib/error-text';

interface StateMessageProps {
  icon?: ReactNode;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  role?: 'status' | 'alert';
}

/** What stands where content would be: empty, failed, forbidden. */
export function StateMessage({ icon, title, text, action, role }: StateMessageProps) {
  return (
    <Box
      role={role}
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        justifyContent: 'center',
        textAlign: 'center',
        gap: 1,
        height: '100%',
        minHeight: 220,
        p: 4,
        color: 'text.secondary',
        '& > svg': { fontSize: 36, mb: 1, opacity: 0.55 },
      }}
    >
      {icon}
      <Typography variant="h2" component="p" color="textPrimary">
        {title}
      </Typography>
      {text && (
        <Typography variant="body2" sx={{ maxWidth: 380, textWrap: 'balance' }}>
          {text}
        </Typography>
      )}
      {action && <Box sx={{ mt: 1.5 }}>{action}</Box>}
    </Box>
  );
}

interface ErrorMessageProps {
  error: unknown;
  title?: string;
  texts?: ErrorTexts;
  onRetry?: () => void;
}

export function ErrorMessage({ error, title, texts, onRetry }: ErrorMessageProps) {
  const { t } = useTranslation();
  const requestId = error instanceof ChatError ? error.requestId : undefined;
  const heading = isForbidden(error) ? t('errors.forbiddenTitle') : (title ?? t('errors.title'));
  return (
    <StateMessage
      role="alert"
      title={heading}
      text={
        <>
          {errorText(error, t, texts)}
          {requestId && (
            <Box component="span" sx={{ display: 'block', mt: 0.5, fontSize: 12, opacity: 0.8 }}>
              {t('errors.reference', { id: requestId })}
            </Box>
          )}
        </>
      }
      action={
        onRetry && (
          <Button variant="outlined" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )
      }
    />
  );
}
