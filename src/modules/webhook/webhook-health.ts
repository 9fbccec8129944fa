import { Injectable, Logger } from '@nestjs/common';
import type { WebhookDisabledReason } from '../../contracts/webhooks.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { OrganizationService } from '../organization/organization.service.js';
import { FAILING_MS, hasArrived, type Attempt } from './delivery.js';
import { WebhookQueue } from './webhook-queue.js';
import { WebhookRepository } from './webhook.repository.js';
import type { Webhook } from './webhook.js';

const GONE = 410;

/** Whether anything arrives at a webhook, and what follows when nothing does. */
@Injectable()
export class WebhookHealth {
  private readonly logger = new Logger(WebhookHealth.name);

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly organizations: OrganizationService,
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: WebhookQueue,
  ) {}

  /** Keeps the given webhook up to date as well, since it is asked after every try. */
  async note(webhook: Webhook, { at, status }: Attempt): Promise<void> {
    if (hasArrived({ status })) return this.noteArrival(webhook);
    if (status === GONE) return this.disable(webhook, 'gone');
    if (webhook.failingSince === null) return this.noteFailure(webhook, at);
    if (at.getTime() - webhook.failingSince.getTime() >= FAILING_MS) await this.disable(webhook, 'failing');
  }

  private async noteArrival(webhook: Webhook): Promise<void> {
    if (webhook.failingSince === null) return;
    webhook.failingSince = null;
    await this.webhooks.noteFailing(webhook.id, null);
  }

  private async noteFailure(webhook: Webhook, at: Date): Promise<void> {
    webhook.failingSince = at;
    await this.webhooks.noteFailing(webhook.id, at);
  }

  private async disable(webhook: Webhook, reason: WebhookDisabledReason): Promise<void> {
    const { id, organizationId } = webhook;
    webhook.status = 'disabled';
    await this.unitOfWork.run(async () => {
      if (!(await this.webhooks.disable(id, reason))) return;
      await this.organizations.recordDeed({
        organizationId,
        actor: { type: 'system', id },
        action: 'webhook.disable',
        target: { type: 'webhook', id },
        details: { reason },
      });
    });
    this.logger.warn({ webhook: id, reason }, 'a webhook was disabled');
    await this.queue.mailDisabled([{ organizationId, webhookId: id }]);
  }
}
