import './shop.css';
import type { FastLightChat } from '../loader/api.js';
import { KOREAN } from './korean.js';

const parameters = new URLSearchParams(location.search);
const wanted = parameters.get('lang') ?? undefined;
const language = (wanted ?? navigator.language).startsWith('ko') ? 'ko' : 'en';
const chat: FastLightChat = (command, ...args) => window.FastLightChat?.(command, ...args);

function translate(): void {
  if (language !== 'ko') return;
  document.documentElement.lang = 'ko';
  document.title = KOREAN.name;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = KOREAN[element.dataset.text as keyof typeof KOREAN];
    if (text) element.textContent = text;
  }
}

/** As a shop does after its own login: end the visitor's session, then boot with the member's id. */
function bootAs(memberId: string): void {
  const pluginKey = document.querySelector<HTMLMetaElement>('meta[name="plugin-key"]')?.content ?? '';
  chat('shutdown');
  if (!memberId) return chat('boot', { pluginKey, language });
  const name = language === 'ko' ? '김모루' : 'Moru Kim';
  chat('boot', { pluginKey, language, memberId, profile: { name, email: 'kim@shop.example' } });
}

translate();
const identity = document.querySelector<HTMLSelectElement>('#identity');
identity?.addEventListener('change', () => bootAs(identity.value));
document.querySelector('#ask')?.addEventListener('click', () => chat('showMessenger'));
// The snippet follows the browser's language; a language in the address wins over it.
if (identity && (wanted !== undefined || identity.value)) bootAs(identity.value);
