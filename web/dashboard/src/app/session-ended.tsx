import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { StateMessage } from '../components/ui/state-message';
import { forgetSession } from '../lib/session';
import { useTitle } from '../lib/use-title';

export function SessionEnded() {
  const { t } = useTranslation();
  useTitle(t('connection.endedTitle'));
  return (
    <StateMessage
      role="alert"
      title={t('connection.endedTitle')}
      text={t('connection.endedText')}
      action={
        <Button variant="contained" onClick={() => forgetSession('ended')}>
          {t('connection.signInAgain')}
        </Button>
      }
    />
  );
}
