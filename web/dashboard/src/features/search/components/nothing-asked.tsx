import SearchRounded from '@mui/icons-material/SearchRounded';
import { useTranslation } from 'react-i18next';
import { StateMessage } from '../../../components/ui/state-message';

export function NothingAsked() {
  const { t } = useTranslation();
  return (
    <StateMessage icon={<SearchRounded />} title={t('search.startTitle')} text={t('search.startText')} />
  );
}
