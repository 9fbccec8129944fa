import type {
  ConsentSettings,
  PreChatSettings,
  WidgetSettings,
  WidgetText,
} from '../../contracts/tenants.js';
import { definedOf } from './defined.js';

export interface WidgetSettingsPatch extends Partial<
  Omit<WidgetSettings, 'greeting' | 'spacing' | 'consent' | 'preChat'>
> {
  greeting?: Partial<WidgetText>;
  spacing?: Partial<WidgetSettings['spacing']>;
  consent?: Partial<Omit<ConsentSettings, 'text'>> & { text?: Partial<WidgetText> };
  preChat?: Partial<PreChatSettings>;
}

/** As stored before there was more to choose than this, and before the widget spoke Japanese. */
export type EarlierWidgetSettings = Pick<WidgetSettings, 'color' | 'position' | 'title'> &
  Omit<WidgetSettingsPatch, 'color' | 'position' | 'title'>;

const DEFAULTS: Omit<WidgetSettings, 'title'> = {
  color: '#2563eb',
  position: 'right',
  greeting: {
    ko: '안녕하세요! 무엇을 도와드릴까요?',
    en: 'Hello! How can we help?',
    ja: 'こんにちは！ご用件をお聞かせください。',
  },
  theme: 'system',
  spacing: { side: 20, bottom: 20 },
  launcherText: null,
  replyTime: null,
  askEmail: true,
  askRating: true,
  consent: {
    required: false,
    text: {
      ko: '상담을 위해 입력하신 정보와 대화 내용을 수집·이용하는 데 동의합니다.',
      en: 'I agree that what I write here is kept and used to answer me.',
      ja: 'お問い合わせへの回答のため、入力内容が保存・利用されることに同意します。',
    },
    url: null,
  },
  preChat: {
    enabled: false,
    fields: [
      { key: 'name', required: false },
      { key: 'email', required: true },
    ],
  },
};

export function defaultWidget(title: string): WidgetSettings {
  return { ...DEFAULTS, title };
}

export function completeWidget(stored: EarlierWidgetSettings): WidgetSettings {
  return mergeWidget(defaultWidget(stored.title), stored);
}

/** Only what is named changes, down to a single greeting. */
export function mergeWidget(present: WidgetSettings, patch: WidgetSettingsPatch): WidgetSettings {
  const { greeting, spacing, consent, preChat, ...plain } = patch;
  const { text, ...restOfConsent } = consent ?? {};
  return {
    ...present,
    ...definedOf(plain),
    greeting: { ...present.greeting, ...definedOf(greeting ?? {}) },
    spacing: { ...present.spacing, ...definedOf(spacing ?? {}) },
    consent: {
      ...present.consent,
      ...definedOf(restOfConsent),
      text: { ...present.consent.text, ...definedOf(text ?? {}) },
    },
    preChat: { ...present.preChat, ...definedOf(preChat ?? {}) },
  };
}
