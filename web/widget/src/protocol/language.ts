import type { Language } from './messages.js';

/** Korean for whoever asks for it, English for everyone else. */
export function chooseLanguage(wanted: string | undefined, preferred: readonly string[]): Language {
  return (wanted ?? preferred[0] ?? 'en').toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
