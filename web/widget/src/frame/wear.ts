import type { Look } from '../protocol/messages.js';

/** Until the settings are there. */
export const PLAIN = {
  color: '#2f6bff',
  position: 'right',
  title: 'Chat',
  theme: 'system',
  spacing: { side: 20, bottom: 20 },
  launcherText: null,
} as const;

/** The frame itself, too. */
export function wear({ color, onColor, isDark }: Look): void {
  const { style, classList } = document.documentElement;
  style.setProperty('--accent', color);
  style.setProperty('--on-accent', onColor);
  style.colorScheme = isDark ? 'dark' : 'light';
  classList.toggle('dark', isDark);
}
