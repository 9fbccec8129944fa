import type { PreChatField, ReplyTime, WidgetSettings } from '../../../lib/wire';

export type FieldMode = 'off' | 'optional' | 'required';
type Key = PreChatField['key'];

export const PRE_CHAT_KEYS: readonly Key[] = ['name', 'email', 'phone'];
export const WIDGET_LANGUAGES = ['ko', 'en', 'ja'] as const;

/** The settings as fields hold them: no text is empty rather than null. */
export interface WidgetForm extends Omit<
  WidgetSettings,
  'launcherText' | 'replyTime' | 'consent' | 'preChat'
> {
  launcherText: string;
  replyTime: ReplyTime | 'none';
  consent: Omit<WidgetSettings['consent'], 'url'> & { url: string };
  preChat: { enabled: boolean; modes: Record<Key, FieldMode> };
}

export function toForm({ launcherText, replyTime, consent, preChat, ...rest }: WidgetSettings): WidgetForm {
  const modeOf = (key: Key): FieldMode => {
    const field = preChat.fields.find((one) => one.key === key);
    return field ? (field.required ? 'required' : 'optional') : 'off';
  };
  return {
    ...rest,
    launcherText: launcherText ?? '',
    replyTime: replyTime ?? 'none',
    consent: { ...consent, url: consent.url ?? '' },
    preChat: {
      enabled: preChat.enabled,
      modes: { name: modeOf('name'), email: modeOf('email'), phone: modeOf('phone') },
    },
  };
}

export function fromForm({ launcherText, replyTime, consent, preChat, ...rest }: WidgetForm): WidgetSettings {
  return {
    ...rest,
    title: rest.title.trim(),
    launcherText: launcherText.trim() || null,
    replyTime: replyTime === 'none' ? null : replyTime,
    consent: { ...consent, url: consent.url.trim() || null },
    preChat: { enabled: preChat.enabled, fields: askedOf(preChat.modes) },
  };
}

export function askedOf(modes: WidgetForm['preChat']['modes']): PreChatField[] {
  return PRE_CHAT_KEYS.filter((key) => modes[key] !== 'off').map((key) => ({
    key,
    required: modes[key] === 'required',
  }));
}

/** What the server takes for one. */
export function isHttpsAddress(text: string): boolean {
  return /^https:\/\/[^\s/]+(\/\S*)?$/.test(text.trim());
}
