import './shop.css';
import type { FastLightChat } from '../loader/api.js';
import { JAPANESE } from './japanese.js';
import { KOREAN, type ShopTexts } from './korean.js';

const parameters = new URLSearchParams(location.search);
const wanted = parameters.get('lang') ?? undefined;
/** English is what the page is written in. Chosen here: what is shared with the frame would be one more file for it. */
const TEXTS: Record<string, ShopTexts | undefined> = { ko: KOREAN, ja: JAPANESE };
const NAMES: Record<string, string> = { ko: '김모루', ja: 'キム・モル', en: 'Moru Kim' };
const asked = (wanted ?? navigator.language).slice(0, 2);
const language = asked in TEXTS ? asked : 'en';
const chat: FastLightChat = (command, ...args) => window.FastLightChat?.(command, ...args);

function translate(): void {
  const texts = TEXTS[language];
  if (!texts) return;
  document.documentElement.lang = language;
  document.title = texts.name;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = texts[element.dataset.text as keyof ShopTexts];
    if (text) element.textContent = text;
  }
}

/** As a shop does after its own login: end the visitor's session, then boot with the member's id. */
function bootAs(memberId: string): void {
  const pluginKey = document.querySelector<HTMLMetaElement>('meta[name="plugin-key"]')?.content ?? '';
  chat('shutdown');
  if (!memberId) return chat('boot', { pluginKey, language });
  const profile = { name: NAMES[language], email: 'kim@shop.example' };
  chat('boot', { pluginKey, language, memberId, profile });
}

translate();
const identity = document.querySelector<HTMLSelectElement>('#identity');
identity?.addEventListener('change', () => bootAs(identity.value));
document.querySelector('#ask')?.addEventListener('click', () => chat('showMessenger'));
// The snippet follows the browser's language; a language in the address wins over it.
if (identity && (wanted !== undefined || identity.value)) bootAs(identity.value);
