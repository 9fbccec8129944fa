import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../common/access/access.js';
import { NotFound } from '../common/errors/common.errors.js';
import { escapeHtml } from '../common/text/escape-html.js';
import { AppConfig } from '../config/app-config.js';
import { MailOutbox, type OutboxMail } from '../infrastructure/mail/mail-outbox.js';
import { Mailer } from '../infrastructure/mail/mailer.js';
import { simplePage } from './html.js';
import { MAIL_POLICY, newNonce, pagePolicy } from './page-policy.js';
import { pageHtml } from './page-replies.js';

/** The mails of a development server, which go nowhere else. */
@ApiExcludeController()
@Public()
@Controller('dev/mail')
export class MailOutboxController {
  constructor(
    private readonly config: AppConfig,
    private readonly mailer: Mailer,
  ) {}

  @Get()
  async list(@Res() reply: FastifyReply): Promise<FastifyReply> {
    const mails = await this.outbox().list();
    const rows = mails.map(rowOf).join('');
    const table = `<table><tr><th>Sent</th><th>To</th><th>Subject</th></tr>${rows}</table>`;
    const body = `<h1>Mail</h1>${mails.length > 0 ? table : '<p>No mail yet.</p>'}`;
    return this.page(reply, 'Mail', body);
  }

  @Get(':id')
  async read(@Res() reply: FastifyReply, @Param('id') id: string): Promise<FastifyReply> {
    const mail = await this.mail(id);
    return this.page(reply, mail.subject, bodyOf(mail));
  }

  /** The HTML part by itself, for the frame. */
  @Get(':id/html')
  async html(@Res() reply: FastifyReply, @Param('id') id: string): Promise<FastifyReply> {
    const mail = await this.mail(id);
    return pageHtml(reply, `<base target="_blank">${mail.html}`, MAIL_POLICY);
  }

  private page(reply: FastifyReply, title: string, body: string): FastifyReply {
    const nonce = newNonce();
    return pageHtml(reply, simplePage(title, body, nonce), pagePolicy({ nonce, frameAncestors: "'none'" }));
  }

  private async mail(id: string): Promise<OutboxMail> {
    const mail = await this.outbox().find(id);
    if (!mail) throw new NotFound('common');
    return mail;
  }

  /** Mails carry links that sign people in: not a page for a server in use. */
  private outbox(): MailOutbox {
    if (this.config.server.isProduction || !(this.mailer instanceof MailOutbox)) throw new NotFound('common');
    return this.mailer;
  }
}

function rowOf({ id, sentAt, to, subject }: OutboxMail): string {
  const link = `<a href="/dev/mail/${encodeURIComponent(id)}">${escapeHtml(subject)}</a>`;
  return `<tr><td>${escapeHtml(sentAt)}</td><td>${escapeHtml(to)}</td><td>${link}</td></tr>`;
}

function bodyOf({ id, from, to, subject, sentAt, text }: OutboxMail): string {
  const heading = `<p><a href="/dev/mail">All mail</a></p><h1>${escapeHtml(subject)}</h1>`;
  const lines = `<p>From ${escapeHtml(from)}<br>To ${escapeHtml(to)}<br>${escapeHtml(sentAt)}</p>`;
  const frame = `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="Mail" src="/dev/mail/${encodeURIComponent(id)}/html"></iframe>`;
  return `${heading}${lines}${frame}<h2>As text</h2><pre>${escapeHtml(text)}</pre>`;
}
