import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { SmtpMailer } from '../../src/infrastructure/mail/smtp-mailer.js';
import { invitationMail } from '../../src/modules/auth/auth-mails.js';

const MAIL = {
  to: 'kim@shop.example',
  subject: '새 메시지',
  text: '안녕하세요',
  html: '<p>안녕하세요</p>',
  messageId: '<one@shop.example>',
};

/** As RFC 2047 has it. */
function decodedWords(text: string): string {
  return text.replace(/=\?UTF-8\?([QB])\?([^?]*)\?=\s*/gi, (_, how: string, word: string) =>
    how.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString() : unquoted(word.replaceAll('_', ' ')),
  );
}

/** The head, and what stands between the boundaries that it names. */
function partsOf(raw: string): string[] {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  return raw.split(`--${boundary}`).slice(0, -1);
}

function typeOf(part: string): string | undefined {
  return /^Content-Type: (.*)$/m.exec(part)?.[1]?.trim();
}

function contentOf(part: string): string {
  const [head = '', ...rest] = part.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  return /base64/i.test(head) ? Buffer.from(body, 'base64').toString() : unquoted(body.replace(/=\r\n/g, ''));
}

function unquoted(text: string): string {
  return text.replace(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString());
}

function unified(text: string): string {
  return text.replace(/\r\n/g, '\n').trim();
}

describe(SmtpMailer.name, () => {
  const received: { to: string[]; raw: string }[] = [];
  let isRefusing = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      done(
        address.startsWith('gone@')
          ? Object.assign(new Error('no such mailbox'), { responseCode: 550 })
          : null,
      );
    },
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (part: string) => (raw += part));
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done(isRefusing ? new Error('not now') : null);
      });
    },
  });
  let mailer: SmtpMailer;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    mailer = new SmtpMailer(`smtp://127.0.0.1:${port}`, 'Chat <chat@shop.example>');
  });

  afterAll(async () => {
    mailer.onApplicationShutdown();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('sends both parts with the id that stays the same for every try', async () => {
    await mailer.send(MAIL);
    expect(received[0]?.to).toEqual([MAIL.to]);
    expect(received[0]?.raw).toContain('From: Chat <chat@shop.example>');
    expect(received[0]?.raw).toContain('Message-ID: <one@shop.example>');
    expect(received[0]?.raw).toContain('multipart/alternative');
  });

  it('lets Korean arrive whole, in the subject and in both parts', async () => {
    const mail = invitationMail('ko', {
      organizationName: '달빛 상점\r\nBcc: x',
      link: 'https://chat.example/#token=a=b',
    });
    const before = received.length;
    await mailer.send({ to: 'kim@shop.example', ...mail });
    const [head = '', ...parts] = partsOf(received[before]?.raw ?? '');
    const subject = head.replace(/\r\n\s/g, '').match(/^Subject: (.*)$/m)?.[1] ?? '';
    expect(decodedWords(subject)).toBe('달빛 상점 Bcc: x 팀에 초대되었습니다');
    expect(head).not.toMatch(/^Bcc:/m);
    expect(parts.map(typeOf)).toEqual(['text/plain; charset=utf-8', 'text/html; charset=utf-8']);
    expect(parts.map(contentOf).map(unified)).toEqual([mail.text, mail.html].map(unified));
  });

  it('lets no second recipient in through the address', async () => {
    for (const trick of ['\r\nBcc: all@shop.example', ', all@shop.example', '>, <all@shop.example']) {
      await mailer.send({ ...MAIL, to: `kim@shop.example${trick}` }).catch(() => undefined);
    }
    expect(received.flatMap(({ to }) => to)).not.toContain('all@shop.example');
  });

  it('takes a mailbox that does not exist for done, since no retry would make it exist', async () => {
    const before = received.length;
    await mailer.send({ ...MAIL, to: 'gone@shop.example' });
    expect(received).toHaveLength(before);
  });

  it('throws when the server does not take it, so that the job is tried again', async () => {
    isRefusing = true;
    await expect(mailer.send(MAIL)).rejects.toThrow();
  });
});
