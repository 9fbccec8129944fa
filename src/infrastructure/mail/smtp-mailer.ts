import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Mailer, type Mail } from './mailer.js';

export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
    this.transport = createTransport({ url, pool: true, maxConnections: 3, ...timeouts });
  }

  async send({ to, subject, text, html, messageId }: Mail): Promise<void> {
    // As one address, never as a list: a comma in it must not make a second recipient.
    const recipient = { name: '', address: to };
    await this.transport.sendMail({ from: this.from, to: recipient, subject, text, html, messageId });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
