import { useTranslation } from 'react-i18next';

/** What MUI's field with a list to choose from says by itself in English only. */
export function useChoiceTexts() {
  const { t } = useTranslation();
  return {
    openText: t('common.openList'),
    closeText: t('common.close'),
    clearText: t('common.clear'),
    noOptionsText: t('commands.nothing'),
    loadingText: t('common.loading'),
  };
}
