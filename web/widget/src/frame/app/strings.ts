import type { Language } from '../../protocol/messages.js';
import type { Strings } from './strings-en.js';

export type { Strings };

const SOURCES: Record<Language, () => Promise<Strings>> = {
  en: () => import('./strings-en.js').then(({ en }) => en),
  ko: () => import('./strings-ko.js').then(({ ko }) => ko),
  ja: () => import('./strings-ja.js').then(({ ja }) => ja),
};
const loaded: Partial<Record<Language, Strings>> = {};

/** Nobody loads the words of the others. Rejects where they do not come; asking again tries again. */
export async function loadStrings(language: Language): Promise<void> {
  loaded[language] ??= await SOURCES[language]();
}

/** Undefined until they are loaded. */
export function stringsOf(language: Language): Strings | undefined {
  return loaded[language];
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
