import { escapeHtml } from '../../common/text/escape-html.js';

export type MailLanguage = 'ko' | 'en';

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

interface Letter {
  subject: string;
  paragraphs: string[];
  button: string;
  link: string;
  footer: string;
}

export function invitationMail(
  language: MailLanguage,
  { organizationName, link }: { organizationName: string; link: string },
): MailText {
  if (language === 'ko') {
    return render(language, {
      subject: `${organizationName} 팀에 초대되었습니다`,
      paragraphs: [`${organizationName} 팀이 Fast Light Chat에서 함께 일하자고 초대했습니다.`],
      button: '초대 수락하기',
      link,
      footer: '이 초대는 7일 동안 한 번만 쓸 수 있습니다. 모르는 초대라면 이 메일을 무시해 주세요.',
    });
  }
  return render(language, {
    subject: `You are invited to ${organizationName}`,
    paragraphs: [`${organizationName} invites you to work with them in Fast Light Chat.`],
    button: 'Accept the invitation',
    link,
    footer:
      'The invitation is good once, for seven days. If you do not know what it is about, ignore this mail.',
  });
}

export function passwordResetMail(language: MailLanguage, { link }: { link: string }): MailText {
  if (language === 'ko') {
    return render(language, {
      subject: '비밀번호 재설정',
      paragraphs: [
        '비밀번호를 새로 정해 달라는 요청을 받았습니다. 새 비밀번호를 정하면 모든 기기에서 로그아웃됩니다.',
      ],
      button: '새 비밀번호 정하기',
      link,
      footer: '이 링크는 한 시간 동안 한 번만 쓸 수 있습니다. 요청하지 않았다면 이 메일을 무시해 주세요.',
    });
  }
  return render(language, {
    subject: 'Reset your password',
    paragraphs: ['Somebody asked for a new password for your account. Setting it signs you out everywhere.'],
    button: 'Set a new password',
    link,
    footer: 'The link is good once, for an hour. If it was not you, ignore this mail: nothing has changed.',
  });
}

function render(language: MailLanguage, letter: Letter): MailText {
  const { subject, paragraphs, button, link, footer } = letter;
  const text = [...paragraphs, `${button}: ${link}`, footer].join('\n\n');
  return { subject: subject.replace(/[\r\n]+/g, ' '), text, html: renderHtml(language, letter) };
}

function renderHtml(language: MailLanguage, { subject, paragraphs, button, link, footer }: Letter): string {
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('');
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;line-height:1.6;color:#111827;max-width:32rem;margin:2rem auto;padding:0 1rem">',
    body,
    `<p><a href="${escapeHtml(link)}" style="display:inline-block;padding:.6rem 1rem;border-radius:.5rem;background:#2563eb;color:#ffffff;text-decoration:none">${escapeHtml(button)}</a></p>`,
    `<p style="color:#6b7280;font-size:.875rem">${escapeHtml(footer)}</p>`,
    '</body></html>',
  ].join('');
}
