import type { PreChatField, ReplyTime } from '../../../lib/wire';

export type PreviewLanguage = 'ko' | 'en' | 'ja';

interface PreviewWords {
  /** As those who speak it call it. */
  language: string;
  online: string;
  placeholder: string;
  message: string;
  send: string;
  lead: string;
  optional: (label: string) => string;
  privacy: string;
  fields: Record<PreChatField['key'], string>;
  replyTimes: Record<ReplyTime, string>;
}

/** What the widget itself says, in the languages that it speaks: not those of the dashboard. */
export const PREVIEW_WORDS: Record<PreviewLanguage, PreviewWords> = {
  ko: {
    language: '한국어',
    online: '지금 상담할 수 있어요',
    placeholder: '메시지를 입력하세요…',
    message: '메시지',
    send: '보내기',
    lead: '시작하기 전에 알려 주세요.',
    optional: (label) => `${label} (선택)`,
    privacy: '개인정보 처리방침',
    fields: { name: '이름', email: '이메일', phone: '전화번호' },
    replyTimes: {
      minutes: '보통 몇 분 안에 답장해요',
      hours: '보통 몇 시간 안에 답장해요',
      day: '보통 하루 안에 답장해요',
    },
  },
  en: {
    language: 'English',
    online: 'We are here now',
    placeholder: 'Write a message…',
    message: 'Message',
    send: 'Send',
    lead: 'A few details before we start.',
    optional: (label) => `${label} (optional)`,
    privacy: 'Privacy policy',
    fields: { name: 'Name', email: 'E-mail', phone: 'Phone' },
    replyTimes: {
      minutes: 'Usually replies within minutes',
      hours: 'Usually replies within a few hours',
      day: 'Usually replies within a day',
    },
  },
  ja: {
    language: '日本語',
    online: 'ただいま対応できます',
    placeholder: 'メッセージを入力…',
    message: 'メッセージ',
    send: '送信',
    lead: 'はじめる前に教えてください。',
    optional: (label) => `${label}（任意）`,
    privacy: 'プライバシーポリシー',
    fields: { name: 'お名前', email: 'メールアドレス', phone: '電話番号' },
    replyTimes: {
      minutes: '通常、数分以内に返信します',
      hours: '通常、数時間以内に返信します',
      day: '通常、1日以内に返信します',
    },
  },
};
