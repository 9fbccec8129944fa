import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { FormEventHandler, ReactNode } from 'react';
import type { ErrorTexts } from '../../../lib/error-text';
import { FormError } from '../../../components/ui/form-error';

interface AuthFormProps {
  onSubmit: FormEventHandler;
  isBusy: boolean;
  error: unknown;
  errorTexts?: ErrorTexts;
  submitLabel: string;
  children: ReactNode;
}

export function AuthForm({ onSubmit, isBusy, error, errorTexts, submitLabel, children }: AuthFormProps) {
  return (
    <Stack component="form" noValidate spacing={2.25} onSubmit={onSubmit}>
      <FormError error={error} texts={errorTexts} />
      {children}
      <Button type="submit" size="large" variant="contained" loading={isBusy}>
        {submitLabel}
      </Button>
    </Stack>
  );
}
