import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { preferredLanguage, rememberLanguage, type Language } from '../preferences';

const NAMESPACE = 'translation';

/** Only the language in use is downloaded. */
const resources = {
  en: () => import('./en').then((module) => module.en),
  ko: () => import('./ko').then((module) => module.ko),
};

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, NAMESPACE)) return;
  i18next.addResourceBundle(language, NAMESPACE, await resources[language]());
}

export async function startI18n(language: Language = preferredLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
  });
  await changeLanguage(language);
}

async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await changeLanguage(language);
}
