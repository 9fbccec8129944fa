import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Mailer, type Mail } from './mailer.js';

interface SmtpError extends Error {
  code?: string;
  responseCode: number;
}

export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly logger = new Logger(SmtpMailer.name);
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
    try {
      await this.transport.sendMail({ from: this.from, to: recipient, subject, text, html, messageId });
    } catch (error) {
      if (!isRefusedForGood(error)) throw error;
      this.logger.warn(
        { responseCode: error.responseCode, messageId },
        'a mailbox does not exist or takes no mail',
      );
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

/** The server's word about this one recipient (5xx): the same mail would be refused again, however often. */
function isRefusedForGood(error: unknown): error is SmtpError {
  const { code, responseCode } = error as Partial<SmtpError>;
  return code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500;
}
