import type { WebhookDisabledReason } from '../../contracts/webhooks.js';
import { layOut, type MailLanguage, type MailText } from '../../infrastructure/mail/mail-layout.js';

interface Disabled {
  name: string;
  url: string;
  reason: WebhookDisabledReason | null;
  link: string;
}

const WORDS = {
  ko: {
    subject: (name: string) => `웹훅이 꺼졌습니다: ${name}`,
    heading: '웹훅이 꺼졌습니다',
    gone: '수신 서버가 더 이상 받지 않겠다고(410) 답했습니다.',
    failing: '3일 동안 한 건도 전달되지 않았습니다.',
    rest: '남아 있던 전달은 멈췄습니다. 웹훅을 다시 켜면 한 건씩 다시 보낼 수 있습니다.',
    open: '웹훅 설정 열기',
    footer: '이 조직의 관리자라서 이 메일을 받았습니다.',
  },
  en: {
    subject: (name: string) => `A webhook was disabled: ${name}`,
    heading: 'A webhook was disabled',
    gone: 'Its receiver answered that it is gone (410).',
    failing: 'Nothing has arrived there for three days.',
    rest: 'What was still waiting has been stopped. Once the webhook is enabled again, each of it can be sent once more.',
    open: 'Open the webhook settings',
    footer: 'You get this mail because you manage this organization.',
  },
};

export function disabledMail(language: MailLanguage, { name, url, reason, link }: Disabled): MailText {
  const words = WORDS[language];
  return layOut({
    language,
    subject: words.subject(name),
    heading: words.heading,
    paragraphs: [reason === 'gone' ? words.gone : words.failing, words.rest],
    rows: [{ title: name, text: url }],
    button: { label: words.open, link },
    footer: words.footer,
  });
}
