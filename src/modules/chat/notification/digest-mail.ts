import { layOut, type MailSection } from '../../../infrastructure/mail/mail-layout.js';
import type { Mail } from '../../../infrastructure/mail/mailer.js';

export interface DigestSection {
  /** Whose or which conversation it is. */
  title: string;
  link: string;
  /** What is unread in it, also what is not shown. */
  count: number;
  /** The newest, oldest first. `name` null: not somebody's words. */
  lines: { name: string | null; text: string }[];
}

export interface DigestMail {
  to: string;
  language: 'ko' | 'en';
  sections: readonly DigestSection[];
  messageId: string;
}

const WORDS = {
  ko: {
    subject: (count: number, title: string) => `읽지 않은 메시지 ${count}개: ${title}`,
    others: (count: number) => ` 외 ${count}개 대화`,
    earlier: (count: number) => `이전 메시지 ${count}개`,
    heading: '읽지 않은 메시지가 있습니다',
    open: '대화 열기',
    footer: '자리를 비우신 동안 도착한 메시지입니다. 알림은 대시보드의 설정에서 바꿀 수 있습니다.',
  },
  en: {
    subject: (count: number, title: string) =>
      `${count} unread ${count === 1 ? 'message' : 'messages'}: ${title}`,
    others: (count: number) => ` and ${count} more ${count === 1 ? 'conversation' : 'conversations'}`,
    earlier: (count: number) => `${count} earlier`,
    heading: 'You have unread messages',
    open: 'Open the conversation',
    footer: 'These came while you were away. Choose what you hear of in the settings of the dashboard.',
  },
};
type Words = (typeof WORDS)['ko'];

/** More than anybody reads at once; the subject counts them all. */
const SHOWN_SECTIONS = 20;

/** One mail about all conversations. */
export function composeDigestMail({ to, language, sections, messageId }: DigestMail): Mail {
  const words = WORDS[language];
  const mail = layOut({
    language,
    subject: subjectOf(sections, words),
    heading: words.heading,
    sections: sections.slice(0, SHOWN_SECTIONS).map((section) => mailSectionOf(section, words)),
    footer: words.footer,
  });
  return { to, ...mail, messageId };
}

function subjectOf(sections: readonly DigestSection[], words: Words): string {
  const count = sections.reduce((sum, section) => sum + section.count, 0);
  const others = sections.length > 1 ? words.others(sections.length - 1) : '';
  return `${words.subject(count, sections[0]?.title ?? '')}${others}`;
}

function mailSectionOf({ title, link, count, lines }: DigestSection, words: Words): MailSection {
  const earlier = count - lines.length;
  return {
    title,
    ...(earlier > 0 && { note: words.earlier(earlier) }),
    rows: lines.map(({ name, text }) => ({ title: name, text })),
    link: { label: words.open, link },
  };
}
