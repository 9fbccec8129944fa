import type { FileLinks } from '@fast-light-chat/sdk';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../protocol/messages.js';
import { stringsOf, type Strings } from './strings.js';

export const LanguageContext = createContext<Language>('en');
/** Null before there is a chat. */
export const FileLinksContext = createContext<FileLinks | null>(null);

export function useLanguage(): { language: Language; t: Strings } {
  const language = useContext(LanguageContext);
  return { language, t: stringsOf(language) };
}
