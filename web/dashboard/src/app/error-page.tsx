import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { StateMessage } from '../components/ui/state-message';
import { NotFoundPage } from './not-found-page';

/** The boundary of routes: also when a new version took away the file of a page not yet loaded. */
export function ErrorPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  return (
    <StateMessage
      role="alert"
      title={t('errors.crashTitle')}
      text={t('errors.crashText')}
      action={
        <Button variant="contained" onClick={() => window.location.reload()}>
          {t('common.reload')}
        </Button>
      }
    />
  );
}
