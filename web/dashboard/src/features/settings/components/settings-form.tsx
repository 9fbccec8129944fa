import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import type { ErrorTexts } from '../../../lib/error-text';
import { useUnsaved } from '../hooks/unsaved';

const AT_HAND = {
  position: 'sticky',
  bottom: 0,
  zIndex: 1,
  py: 1.5,
  bgcolor: 'background.default',
  borderTop: 1,
  borderColor: 'divider',
} as const;

interface SettingsFormProps {
  onSubmit: FormEventHandler;
  isDirty: boolean;
  isBusy: boolean;
  isReadOnly?: boolean;
  error: unknown;
  errorTexts?: ErrorTexts;
  /** Its end is out of sight: saving stays at hand. */
  isLong?: boolean;
  children: ReactNode;
}

export function SettingsForm(props: SettingsFormProps) {
  const { onSubmit, isDirty, isBusy, isReadOnly, error, errorTexts, isLong, children } = props;
  const { t } = useTranslation();
  useUnsaved(isDirty && !isReadOnly);
  return (
    <Stack component="form" noValidate spacing={2.5} onSubmit={onSubmit} sx={{ maxWidth: 520 }}>
      <FormError error={error} texts={errorTexts} />
      {children}
      {!isReadOnly && (
        <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center', ...(isLong && isDirty && AT_HAND) }}>
          <Button type="submit" variant="contained" disabled={!isDirty} loading={isBusy}>
            {t('common.save')}
          </Button>
          {isDirty && (
            <Typography variant="caption" color="textSecondary" role="status">
              {t('settings.unsaved')}
            </Typography>
          )}
        </Stack>
      )}
    </Stack>
  );
}
