import { useColorScheme } from '@mui/material/styles';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateSelf } from '../lib/agent-mutations';
import { chooseLanguage } from '../lib/i18n/i18n';
import { chosenLanguage } from '../lib/preferences';
import { useSelf } from '../lib/self';

/** What the server keeps goes with the agent to every device; what only this browser knew is kept there from now on. */
export function PreferenceSync() {
  const { language, theme } = useSelf().preferences;
  const { setMode } = useColorScheme();
  const { i18n } = useTranslation();
  const { mutate } = useUpdateSelf();
  useEffect(() => setMode(theme), [theme, setMode]);
  useEffect(() => {
    const chosen = chosenLanguage();
    if (language && language !== i18n.language) void chooseLanguage(language);
    if (!language && chosen) mutate({ language: chosen });
  }, [language, i18n, mutate]);
  return null;
}
