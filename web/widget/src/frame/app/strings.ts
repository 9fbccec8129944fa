import type { Language } from '../../protocol/messages.js';
import { en, type Strings } from './strings-en.js';
import { ja } from './strings-ja.js';
import { ko } from './strings-ko.js';

export type { Strings };

const STRINGS: Record<Language, Strings> = { en, ko, ja };

export function stringsOf(language: Language): Strings {
  return STRINGS[language];
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
