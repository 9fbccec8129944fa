import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../common/ids.js';
import { Mailer, type Mail } from './mailer.js';

export interface OutboxMail extends Mail {
  id: string;
  from: string;
  sentAt: string;
}

const FILE = /^([\w-]{1,100})\.json$/;
const KEPT = 200;

/** Mails as files of a folder, to be looked at under /dev/mail. For development. */
export class MailOutbox extends Mailer {
  constructor(
    private readonly directory: string,
    private readonly from: string,
  ) {
    super();
  }

  async send({ to, subject, text, html, messageId }: Mail): Promise<void> {
    const id = messageId ? `m-${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}` : newId();
    const mail: OutboxMail = {
      id,
      from: this.from,
      to,
      subject,
      text,
      html,
      messageId,
      sentAt: new Date().toISOString(),
    };
    await mkdir(this.directory, { recursive: true });
    const draft = join(this.directory, `${newId()}.draft`);
    await writeFile(draft, JSON.stringify(mail, null, 2));
    await rename(draft, this.fileOf(id));
    await this.dropOld();
  }

  /** Newest first. */
  async list(): Promise<OutboxMail[]> {
    const mails = await Promise.all((await this.ids()).map((id) => this.find(id)));
    return mails.filter((mail) => mail !== null).sort((a, b) => (a.sentAt < b.sentAt ? 1 : -1));
  }

  async find(id: string): Promise<OutboxMail | null> {
    if (!FILE.test(`${id}.json`)) return null;
    try {
      return JSON.parse(await readFile(this.fileOf(id), 'utf8')) as OutboxMail;
    } catch {
      return null;
    }
  }

  private async dropOld(): Promise<void> {
    if ((await this.ids()).length <= KEPT) return;
    const old = (await this.list()).slice(KEPT);
    await Promise.all(old.map(({ id }) => rm(this.fileOf(id), { force: true })));
  }

  private async ids(): Promise<string[]> {
    const names = await readdir(this.directory).catch(() => []);
    return names.flatMap((name) => FILE.exec(name)?.[1] ?? []);
  }

  private fileOf(id: string): string {
    return join(this.directory, `${id}.json`);
  }
}
