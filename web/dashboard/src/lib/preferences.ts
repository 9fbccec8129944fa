export type Language = 'ko' | 'en';
export const LANGUAGES: readonly Language[] = ['en', 'ko'];

const LANGUAGE_KEY = 'flc.language';

export function preferredLanguage(): Language {
  const stored = localStorage.getItem(LANGUAGE_KEY);
  if (stored === 'ko' || stored === 'en') return stored;
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2));
  return LANGUAGES.toSorted((a, b) => rankOf(spoken, a) - rankOf(spoken, b))[0] ?? 'en';
}

/** The browser's order decides; a language it does not name comes last. */
function rankOf(spoken: string[], language: Language): number {
  const rank = spoken.indexOf(language);
  return rank === -1 ? spoken.length : rank;
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE_KEY, language);
}
