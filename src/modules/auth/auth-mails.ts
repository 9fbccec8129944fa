import { layOut, type MailLanguage, type MailText } from '../../infrastructure/mail/mail-layout.js';

export function invitationMail(
  language: MailLanguage,
  { organizationName, link }: { organizationName: string; link: string },
): MailText {
  if (language === 'ko') {
    return layOut({
      language,
      subject: `${organizationName} 팀에 초대되었습니다`,
      heading: `${organizationName} 팀에 초대되었습니다`,
      paragraphs: [`${organizationName} 팀이 Fast Light Chat에서 함께 일하자고 초대했습니다.`],
      button: { label: '초대 수락하기', link },
      footer: '이 초대는 7일 동안 한 번만 쓸 수 있습니다. 모르는 초대라면 이 메일을 무시해 주세요.',
    });
  }
  return layOut({
    language,
    subject: `You are invited to ${organizationName}`,
    heading: `You are invited to ${organizationName}`,
    paragraphs: [`${organizationName} invites you to work with them in Fast Light Chat.`],
    button: { label: 'Accept the invitation', link },
    footer:
      'The invitation is good once, for seven days. If you do not know what it is about, ignore this mail.',
  });
}

export function passwordResetMail(language: MailLanguage, { link }: { link: string }): MailText {
  if (language === 'ko') {
    return layOut({
      language,
      subject: '비밀번호 재설정',
      heading: '비밀번호를 새로 정해 주세요',
      paragraphs: [
        '비밀번호를 새로 정해 달라는 요청을 받았습니다. 새 비밀번호를 정하면 모든 기기에서 로그아웃됩니다.',
      ],
      button: { label: '새 비밀번호 정하기', link },
      footer: '이 링크는 한 시간 동안 한 번만 쓸 수 있습니다. 요청하지 않았다면 이 메일을 무시해 주세요.',
    });
  }
  return layOut({
    language,
    subject: 'Reset your password',
    heading: 'Set a new password',
    paragraphs: ['Somebody asked for a new password for your account. Setting it signs you out everywhere.'],
    button: { label: 'Set a new password', link },
    footer: 'The link is good once, for an hour. If it was not you, ignore this mail: nothing has changed.',
  });
}
