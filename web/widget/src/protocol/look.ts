import type { WidgetSettings } from '@fast-light-chat/sdk';
import { readableOn } from './color.js';
import type { Appearance, Language, LauncherWords, Look } from './messages.js';

const WORDS: Record<Language, LauncherWords> = {
  ko: { open: '채팅 열기', close: '채팅 닫기', unread: ', 읽지 않은 메시지 {n}개' },
  en: { open: 'Open chat', close: 'Close chat', unread: ', {n} unread' },
  ja: { open: 'チャットを開く', close: 'チャットを閉じる', unread: '、未読{n}件' },
};
type LookSettings = Pick<
  WidgetSettings,
  'color' | 'position' | 'title' | 'theme' | 'spacing' | 'launcherText'
>;

interface Wishes {
  settings: LookSettings;
  language: Language;
  /** The page's own wish; null: as the settings say. */
  appearance: Appearance | null;
}

export function lookOf({ settings, language, appearance }: Wishes, isDeviceDark: boolean): Look {
  const { color, position, title, theme, spacing, launcherText } = settings;
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
