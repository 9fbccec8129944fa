import Alert from '@mui/material/Alert';
import { useTranslation } from 'react-i18next';
import { errorText, type ErrorTexts } from '../../lib/error-text';

interface FormErrorProps {
  error: unknown;
  texts?: ErrorTexts;
}

/** The whole form's failure, announced. Nothing while there is none. */
export function FormError({ error, texts }: FormErrorProps) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <Alert severity="error" role="alert">
      {errorText(error, t, texts)}
    </Alert>
  );
}
