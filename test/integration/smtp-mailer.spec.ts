import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { SmtpMailer } from '../../src/infrastructure/mail/smtp-mailer.js';

const MAIL = {
  to: 'kim@shop.example',
  subject: '새 메시지',
  text: '안녕하세요',
  html: '<p>안녕하세요</p>',
  messageId: '<one@shop.example>',
};

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
