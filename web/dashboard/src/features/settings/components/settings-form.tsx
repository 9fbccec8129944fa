import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';

interface SettingsFormProps {
  onSubmit: FormEventHandler;
  isDirty: boolean;
  isBusy: boolean;
  isReadOnly?: boolean;
  error: unknown;
  children: ReactNode;
}

export function SettingsForm({ onSubmit, isDirty, isBusy, isReadOnly, error, children }: SettingsFormProps) {
  const { t } = useTranslation();
  return (
    <Stack component="form" noValidate spacing={2.5} onSubmit={onSubmit} sx={{ maxWidth: 520 }}>
      <FormError error={error} />
      {children}
      {!isReadOnly && (
        <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
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
