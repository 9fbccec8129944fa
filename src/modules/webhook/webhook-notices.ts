import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { Mailer } from '../../infrastructure/mail/mailer.js';
import { messageIdOf } from '../../infrastructure/mail/message-id.js';
import { AgentService } from '../agent/agent.service.js';
import { disabledMail } from './webhook-notice-mail.js';
import { WebhookRepository } from './webhook.repository.js';

/** Tells those who manage webhooks that one was disabled by itself. */
@Injectable()
export class WebhookNotices {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly agents: AgentService,
    private readonly mailer: Mailer,
    private readonly config: AppConfig,
  ) {}

  /**
   * Returns quietly when it was enabled again meanwhile, or everybody has been told.
   * @param round tells the mails of one time that it was disabled from those of the next
   */
  async mailDisabled(webhookId: string, round: number): Promise<void> {
    const webhook = await this.webhooks.findAny(webhookId);
    if (!webhook?.noticePending) return;
    const { name, url, disabledReason, environmentId } = webhook;
    const settings = `${this.config.server.publicUrl}/dashboard/settings`;
    const link = `${settings}/environments/${environmentId}/webhooks/${webhookId}`;
    for (const { id, email, language } of await this.agents.listManagers(webhook.organizationId)) {
      const mail = disabledMail(language, { name, url, reason: disabledReason, link });
      const messageId = messageIdOf('webhook-disabled', webhookId, id, round);
      await this.mailer.send({ to: email, ...mail, messageId });
    }
    await this.webhooks.markNoticed(webhookId);
  }
}
