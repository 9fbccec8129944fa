import { readableOn } from '../protocol/color.js';
import type { Appearance, Language, LauncherWords, Look } from '../protocol/messages.js';
import type { SessionState } from './session.js';

const WORDS: Record<Language, LauncherWords> = {
  ko: { open: '채팅 열기', close: '채팅 닫기', unread: ', 읽지 않은 메시지 {n}개' },
  en: { open: 'Open chat', close: 'Close chat', unread: ', {n} unread' },
  ja: { open: 'チャットを開く', close: 'チャットを閉じる', unread: '、未読{n}件' },
};
/** Until the settings are there. */
const PLAIN = {
  color: '#2f6bff',
  position: 'right',
  title: 'Chat',
  theme: 'system',
  spacing: { side: 20, bottom: 20 },
  launcherText: null,
} as const;

type Wishes = Pick<SessionState, 'boot' | 'language' | 'appearance'>;

export function lookOf({ boot, language, appearance }: Wishes, isDeviceDark: boolean): Look {
  const { color, position, title, theme, spacing, launcherText } = boot?.environment.settings ?? PLAIN;
  return {
    color,
    onColor: readableOn(color),
    position,
    ...spacing,
    isDark: isDark(appearance ?? theme, isDeviceDark),
    title,
    launcherText,
    words: WORDS[language],
  };
}

function isDark(appearance: Appearance, isDeviceDark: boolean): boolean {
  return appearance === 'system' ? isDeviceDark : appearance === 'dark';
}

/** The frame itself, too. */
export function wear({ color, onColor, isDark }: Look): void {
  const { style, classList } = document.documentElement;
  style.setProperty('--accent', color);
  style.setProperty('--on-accent', onColor);
  style.colorScheme = isDark ? 'dark' : 'light';
  classList.toggle('dark', isDark);
}
