import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../lib/i18n/i18n';
import type { Language } from '../../lib/preferences';

const ORDER: readonly Language[] = ['ko', 'en'];

export function LanguageSwitch({ onChosen }: { onChosen?: (language: Language) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={i18n.language}
      aria-label={t('profile.language')}
      onChange={(_event, language: Language | null) => {
        if (!language) return;
        void chooseLanguage(language);
        onChosen?.(language);
      }}
    >
      {ORDER.map((language) => (
        <ToggleButton key={language} value={language} lang={language} sx={{ px: 1.5, py: 0.5 }}>
          {t(`languages.${language}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
