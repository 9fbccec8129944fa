import { layOut } from '../../infrastructure/mail/mail-layout.js';
import type { Mail } from '../../infrastructure/mail/mailer.js';

export interface AwayMail {
  to: string;
  language: 'ko' | 'en';
  /** Shown as the sender of the conversation: the company's widget title, or the user's name. */
  title: string;
  lines: { name: string; text: string }[];
  link: string;
  messageId: string;
}

const WORDS = {
  ko: {
    subject: (title: string, count: number) => `${title}: 읽지 않은 메시지 ${count}개`,
    open: '대화 열기',
    footer:
      '자리를 비우신 동안 도착한 메시지라서 메일로 알려 드립니다.\n답장은 대화에서 해 주세요. 이 메일에 보낸 답장은 전달되지 않습니다. 링크는 3일 동안 쓸 수 있습니다.',
  },
  en: {
    subject: (title: string, count: number) =>
      count === 1 ? `${title}: 1 unread message` : `${title}: ${count} unread messages`,
    open: 'Open the conversation',
    footer:
      'You get this mail because the messages came while you were away.\nAnswer in the conversation: a reply to this mail reaches nobody. The link is good for three days.',
  },
};

const LINE_CHARACTERS = 500;

/** One mail about one conversation. */
export function composeAwayMail({ to, language, title, lines, link, messageId }: AwayMail): Mail {
  const { subject, open, footer } = WORDS[language];
  const mail = layOut({
    language,
    subject: subject(title, lines.length),
    heading: title,
    rows: lines.map(({ name, text }) => ({ title: name, text: cut(text) })),
    button: { label: open, link },
    footer,
  });
  return { to, ...mail, messageId };
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= LINE_CHARACTERS ? text : `${characters.slice(0, LINE_CHARACTERS).join('')}…`;
}
