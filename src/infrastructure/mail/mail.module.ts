import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { MailOutbox } from './mail-outbox.js';
import { Mailer } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

@Global()
@Module({
  providers: [
    {
      provide: Mailer,
      inject: [AppConfig],
      useFactory: ({ mail }: AppConfig): Mailer =>
        mail.transport === 'smtp'
          ? new SmtpMailer(mail.url, mail.from)
          : new MailOutbox(mail.directory, mail.from),
    },
  ],
  exports: [Mailer],
})
export class MailModule {}
