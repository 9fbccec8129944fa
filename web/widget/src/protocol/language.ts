import type { Language } from './messages.js';

/** Korean and Japanese for whoever asks for them, English for everyone else. */
export function chooseLanguage(wanted: string | undefined, preferred: readonly string[]): Language {
  const code = (wanted ?? preferred[0] ?? '').slice(0, 2).toLowerCase();
  // Channel Talk calls Japanese `jp`.
  return code === 'ko' ? 'ko' : code === 'ja' || code === 'jp' ? 'ja' : 'en';
}
