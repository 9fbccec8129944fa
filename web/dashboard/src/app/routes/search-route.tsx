import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { SearchPage } from '../../features/search/components/search-page';
import { useTitle } from '../../lib/use-title';

export function SearchRoute() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { from?: string } | null };
  useTitle(t('search.title'));
  return <SearchPage onLeave={() => state?.from && void navigate(state.from)} />;
}
