import { escapeHtml } from '../../common/text/escape-html.js';
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
    footer: '자리를 비우신 동안 도착한 메시지라서 메일로 알려 드립니다.',
  },
  en: {
    subject: (title: string, count: number) =>
      count === 1 ? `${title}: 1 unread message` : `${title}: ${count} unread messages`,
    open: 'Open the conversation',
    footer: 'You get this mail because the messages came while you were away.',
  },
};

const LINE_CHARACTERS = 500;
const BODY = 'margin:0;padding:24px;background:#f5f6f8;font-family:sans-serif;color:#1c2430';
const CARD = 'max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px';
const BUTTON =
  'display:inline-block;margin:16px 0;padding:12px 20px;border-radius:8px;background:#2563eb;color:#fff;text-decoration:none';

/** Text and HTML of one mail about one conversation. What people wrote is shown as text, whatever it contains. */
export function composeAwayMail({ to, language, title, lines, link, messageId }: AwayMail): Mail {
  const words = WORDS[language];
  const shown = lines.map(({ name, text }) => ({ name, text: cut(text) }));
  const text = [
    ...shown.map((line) => `${line.name}: ${line.text}`),
    '',
    `${words.open}: ${link}`,
    '',
    words.footer,
  ];
  const rows = shown.map(
    (line) =>
      `<p style="margin:0 0 12px"><strong>${escapeHtml(line.name)}</strong><br>${escapeHtml(line.text).replaceAll('\n', '<br>')}</p>`,
  );
  const html =
    `<!doctype html><html lang="${language}"><body style="${BODY}"><div style="${CARD}">` +
    `<h1 style="font-size:18px;margin:0 0 16px">${escapeHtml(title)}</h1>${rows.join('')}` +
    `<a href="${escapeHtml(link)}" style="${BUTTON}">${words.open}</a>` +
    `<p style="margin:0;font-size:12px;color:#667085">${words.footer}</p></div></body></html>`;
  // A line break in a name must not become a header of the mail.
  const subject = words.subject(title, lines.length).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return { to, subject, text: text.join('\n'), html, messageId };
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= LINE_CHARACTERS ? text : `${characters.slice(0, LINE_CHARACTERS).join('')}…`;
}
