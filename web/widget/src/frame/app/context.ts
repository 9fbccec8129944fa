import type { FileLinks } from '@fast-light-chat/sdk';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Language } from '../../protocol/messages.js';
import { loadStrings, stringsOf, type Strings } from './strings.js';

/** Its words are loaded. */
export const LanguageContext = createContext<Language>('en');
/** Null before there is a chat. */
export const FileLinksContext = createContext<FileLinks | null>(null);

export function useLanguage(): { language: Language; t: Strings } {
  const language = useContext(LanguageContext);
  return { language, t: stringsOf(language)! };
}

/** The one that is wanted, once its words are there; until then, and where they do not come, the one before. */
export function useLoadedLanguage(wanted: Language, loaded: Language): Language {
  const [language, setLanguage] = useState(loaded);
  useEffect(() => {
    let isWanted = true;
    loadStrings(wanted).then(
      () => isWanted && setLanguage(wanted),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return language;
}
