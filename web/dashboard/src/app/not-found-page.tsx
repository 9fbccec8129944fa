import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StateMessage } from '../components/ui/state-message';
import { useTitle } from '../lib/use-title';

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t('errors.notFoundTitle'));
  return (
    <StateMessage
      title={t('errors.notFoundTitle')}
      text={t('errors.notFoundText')}
      action={
        <Button variant="contained" component={Link} to="/inbox">
          {t('errors.goToInbox')}
        </Button>
      }
    />
  );
}
