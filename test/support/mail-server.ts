import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  to: string[];
  /** Headers and body as they came, with quoted-printable and base64 parts undone. */
  text: string;
}

export type MailAnswer = 'accept' | 'refuse-for-now' | 'stall';

export interface MailServer {
  url: string;
  mails: ReceivedMail[];
  /** Received whole, and left without an answer. */
  stalled: ReceivedMail[];
  /** What becomes of mails from now on. Who is stalled has sent all of it, and hears nothing. */
  answerWith(answer: MailAnswer): void;
  /** How many were stalled or refused. */
  turnedAway(): number;
  stop(): Promise<void>;
}

/** A real SMTP server that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const stalled: ReceivedMail[] = [];
  let answer: MailAnswer = 'accept';
  let turnedAway = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (answer !== 'accept') turnedAway++;
        if (answer === 'refuse-for-now') return callback(refusal());
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const mail = { to, text: readable(Buffer.concat(chunks).toString('utf8')) };
        if (answer === 'stall') return void stalled.push(mail);
        mails.push(mail);
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const stop = () => new Promise<void>((resolve) => server.close(resolve));
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stalled,
    answerWith: (next) => (answer = next),
    turnedAway: () => turnedAway,
    stop,
  };
}

function refusal(): Error {
  return Object.assign(new Error('try again later'), { responseCode: 451 });
}

function readable(raw: string): string {
  const unfolded = raw.replace(/=\r\n/g, '');
  const bytes = unfolded.replace(/(?:=[0-9A-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  );
  return bytes.replace(/^(?:[A-Za-z0-9+/]{60,76}\r\n)*[A-Za-z0-9+/]{20,76}={0,2}\r\n/gm, (block) =>
    Buffer.from(block, 'base64').toString('utf8'),
  );
}
