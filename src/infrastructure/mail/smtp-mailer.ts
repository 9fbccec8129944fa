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
    await this.transport.sendMail({ from: this.from, to, subject, text, html, messageId });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
