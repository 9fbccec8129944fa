export type Language = 'ko' | 'en';
export const LANGUAGES: readonly Language[] = ['en', 'ko'];

const LANGUAGE_KEY = 'flc.language';

/** What was chosen in this browser, if anything was. */
export function chosenLanguage(): Language | null {
  const stored = localStorage.getItem(LANGUAGE_KEY);
  return stored === 'ko' || stored === 'en' ? stored : null;
}

export function preferredLanguage(): Language {
  const chosen = chosenLanguage();
  if (chosen) return chosen;
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
