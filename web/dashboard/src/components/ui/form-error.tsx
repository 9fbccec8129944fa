import Alert from '@mui/material/Alert';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../lib/error-text';

/** The whole form's failure, announced. Nothing while there is none. */
export function FormError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <Alert severity="error" role="alert">
      {errorText(error, t)}
    </Alert>
  );
}
