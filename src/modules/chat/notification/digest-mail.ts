import { escapeHtml } from '../../../common/text/escape-html.js';
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
    open: '대화 열기',
    footer: '자리를 비우신 동안 도착한 메시지입니다. 알림은 대시보드의 설정에서 바꿀 수 있습니다.',
  },
  en: {
    subject: (count: number, title: string) =>
      `${count} unread ${count === 1 ? 'message' : 'messages'}: ${title}`,
    others: (count: number) => ` and ${count} more ${count === 1 ? 'conversation' : 'conversations'}`,
    earlier: (count: number) => `${count} earlier`,
    open: 'Open the conversation',
    footer: 'These came while you were away. Choose what you hear of in the settings of the dashboard.',
  },
};
type Words = (typeof WORDS)['ko'];

/** More than anybody reads at once; the subject counts them all. */
const SHOWN_SECTIONS = 20;
const BODY = 'margin:0;padding:24px;background:#f5f6f8;font-family:sans-serif;color:#1c2430';
const CARD = 'max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px';
const SMALL = 'margin:0;font-size:12px;color:#667085';

/** Text and HTML of one mail about all conversations. What people wrote is shown as text, whatever it contains. */
export function composeDigestMail({ to, language, sections, messageId }: DigestMail): Mail {
  const words = WORDS[language];
  const shown = sections.slice(0, SHOWN_SECTIONS);
  const text = [...shown.map((section) => textOf(section, words)), words.footer].join('\n\n');
  const html =
    `<!doctype html><html lang="${language}"><body style="${BODY}"><div style="${CARD}">` +
    `${shown.map((section) => htmlOf(section, words)).join('')}<p style="${SMALL}">${words.footer}</p>` +
    `</div></body></html>`;
  return { to, subject: subjectOf(sections, words), text, html, messageId };
}

/** A line break in a name must not become a header of the mail. */
function subjectOf(sections: readonly DigestSection[], words: Words): string {
  const count = sections.reduce((sum, section) => sum + section.count, 0);
  const others = sections.length > 1 ? words.others(sections.length - 1) : '';
  return `${words.subject(count, sections[0]?.title ?? '')}${others}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function textOf({ title, link, count, lines }: DigestSection, words: Words): string {
  const earlier = count > lines.length ? [words.earlier(count - lines.length)] : [];
  const said = lines.map(({ name, text }) => (name === null ? text : `${name}: ${text}`));
  return [title, ...earlier, ...said, `${words.open}: ${link}`].join('\n');
}

function htmlOf({ title, link, count, lines }: DigestSection, words: Words): string {
  const earlier =
    count > lines.length ? `<p style="${SMALL}">${words.earlier(count - lines.length)}</p>` : '';
  const said = lines.map(({ name, text }) => {
    const who = name === null ? '' : `<strong>${escapeHtml(name)}</strong><br>`;
    return `<p style="margin:8px 0">${who}${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
  });
  return (
    `<h2 style="font-size:16px;margin:0 0 8px">${escapeHtml(title)}</h2>${earlier}${said.join('')}` +
    `<p style="margin:8px 0 24px"><a href="${escapeHtml(link)}" style="color:#2563eb">${words.open}</a></p>`
  );
}
