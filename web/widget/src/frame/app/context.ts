import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../protocol/messages.js';
import { stringsOf, type Strings } from './strings.js';

export const LanguageContext = createContext<Language>('en');

export function useLanguage(): { language: Language; t: Strings } {
  const language = useContext(LanguageContext);
  return { language, t: stringsOf(language) };
}
