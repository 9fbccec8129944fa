import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { AgentPrincipal, EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { WebhookEventType } from '../../contracts/webhooks.js';
import { FetchFailed, GuardedFetch } from '../../infrastructure/http-fetch/guarded-fetch.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { DeliveryRepository } from './delivery.repository.js';
import { TooManyWebhooks, WebhookNotFound, WebhookUrlRefused } from './webhook.errors.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookSubscriptions } from './webhook-subscriptions.js';
import {
  MAX_PER_ENVIRONMENT,
  MAX_PREVIOUS_SECRETS,
  ROTATION_MS,
  type Webhook,
  type WebhookChanges,
} from './webhook.js';

export interface WebhookDraft {
  url: string;
  name?: string;
  description?: string | null;
  events?: WebhookEventType[];
  isBot?: boolean;
  includesNotes?: boolean;
}

export interface WebhookPatch extends Partial<WebhookDraft> {
  status?: Webhook['status'];
}

const PURPOSE = 'webhook-secret';
const SECRET_BYTES = 32;
const NAME_CHARACTERS = 80;
const CHECK_MS = 2_000;

/** What is to be told to whom: the webhooks of an environment and their secrets. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly subscriptions: WebhookSubscriptions,
    private readonly deliveries: DeliveryRepository,
    private readonly environments: EnvironmentService,
    private readonly organizations: OrganizationService,
    private readonly fetch: GuardedFetch,
    private readonly secrets: SecretKeeper,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<Webhook[]> {
    await this.environments.get(scope);
    return this.webhooks.page(scope, afterId, limit);
  }

  /** Throws NotFound. */
  async get(scope: EnvironmentScope, id: string): Promise<Webhook> {
    await this.environments.get(scope);
    const found = await this.webhooks.find(scope, id);
    if (!found) throw new WebhookNotFound();
    return found;
  }

  /** The secret leaves the server this once. Throws WebhookUrlRefused, TooManyWebhooks. */
  async create(
    principal: AgentPrincipal,
    environmentId: string,
    draft: WebhookDraft,
  ): Promise<{ webhook: Webhook; secret: string }> {
    const scope = { organizationId: principal.organizationId, environmentId };
    await this.environments.get(scope);
    await this.assertReachable(draft.url);
    const key = randomBytes(SECRET_BYTES);
    const webhook = this.toWebhook(scope, draft, this.secrets.seal(PURPOSE, key));
    await this.unitOfWork.runInTurn(`webhooks ${environmentId}`, async () => {
      if ((await this.webhooks.count(scope)) >= MAX_PER_ENVIRONMENT) throw new TooManyWebhooks();
      await this.webhooks.insert(webhook);
      await this.record(principal, 'webhook.create', webhook.id);
    });
    this.subscriptions.forget(environmentId);
    return { webhook, secret: toText(key) };
  }

  /** Enabled or led elsewhere, it has not failed yet; disabled, it ends what waits for it. Throws WebhookUrlRefused. */
  async update(
    principal: AgentPrincipal,
    environmentId: string,
    id: string,
    patch: WebhookPatch,
  ): Promise<Webhook> {
    await this.get({ organizationId: principal.organizationId, environmentId }, id);
    if (patch.url !== undefined) await this.assertReachable(patch.url);
    const decide = (present: Webhook) => changesOf(present, patch);
    const updated = await this.change(principal, environmentId, id, 'webhook.update', decide);
    if (updated.status === 'disabled') await this.deliveries.failPending(id);
    return updated;
  }

  /**
   * Throws NotFound. For a day deliveries are signed with both, so that a receiver can change over; a secret that was lost
   * before it was copied, and is made once more, must not cut off who has the one before it.
   */
  async rotateSecret(principal: AgentPrincipal, environmentId: string, id: string): Promise<string> {
    const key = randomBytes(SECRET_BYTES);
    await this.change(principal, environmentId, id, 'webhook.rotate-secret', (present) => ({
      secret: this.secrets.seal(PURPOSE, key),
      previousSecrets: this.secrets.seal(
        PURPOSE,
        Buffer.concat(this.keysOf(present).slice(0, MAX_PREVIOUS_SECRETS)),
      ),
      previousSecretUntil: new Date(this.clock.now().getTime() + ROTATION_MS),
    }));
    return toText(key);
  }

  /** Throws NotFound. */
  async remove(principal: AgentPrincipal, environmentId: string, id: string): Promise<void> {
    const scope = { organizationId: principal.organizationId, environmentId };
    await this.environments.get(scope);
    await this.unitOfWork.run(async () => {
      if (!(await this.webhooks.remove(scope, id))) throw new WebhookNotFound();
      await this.record(principal, 'webhook.remove', id);
    });
    this.subscriptions.forget(environmentId);
    await this.deliveries.failPending(id);
  }

  /** What deliveries are signed with now, the newest first. */
  keysOf({ secret, previousSecrets, previousSecretUntil }: Webhook): Buffer[] {
    const isTurning = previousSecrets && previousSecretUntil && previousSecretUntil > this.clock.now();
    const sealed = isTurning ? [secret, previousSecrets] : [secret];
    return sealed.flatMap((box) => keysIn(this.secrets.open(PURPOSE, box)));
  }

  private async change(
    principal: AgentPrincipal,
    environmentId: string,
    id: string,
    action: string,
    decide: (present: Webhook) => WebhookChanges,
  ): Promise<Webhook> {
    const scope = { organizationId: principal.organizationId, environmentId };
    const changed = await this.unitOfWork.runInTurn(`webhook ${id}`, async () => {
      const present = await this.get(scope, id);
      const updated = await this.webhooks.update(scope, id, decide(present));
      if (!updated) throw new WebhookNotFound();
      await this.record(principal, action, id);
      return updated;
    });
    this.subscriptions.forget(environmentId);
    return changed;
  }

  /** A name that says nothing yet is the test button's to find out about: DNS may be a little behind. */
  private async assertReachable(url: string): Promise<void> {
    try {
      await this.fetch.check(url, CHECK_MS);
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      if (error.fault === 'url' || error.fault === 'address') throw new WebhookUrlRefused();
    }
  }

  private toWebhook(scope: EnvironmentScope, draft: WebhookDraft, secret: Buffer): Webhook {
    return {
      id: newId(),
      organizationId: scope.organizationId,
      environmentId: scope.environmentId,
      name: draft.name ?? new URL(draft.url).hostname.slice(0, NAME_CHARACTERS),
      url: draft.url,
      description: draft.description ?? null,
      events: draft.events ?? [],
      includesNotes: draft.includesNotes ?? false,
      isBot: draft.isBot ?? false,
      secret,
      previousSecrets: null,
      previousSecretUntil: null,
      status: 'enabled',
      disabledReason: null,
      failingSince: null,
      noticePending: false,
      createdAt: this.clock.now(),
    };
  }

  private record(principal: AgentPrincipal, action: string, id: string): Promise<void> {
    const { organizationId } = principal;
    const target = { type: 'webhook', id };
    return this.organizations.recordDeed({ organizationId, actor: principal, action, target });
  }
}

function keysIn(bytes: Buffer): Buffer[] {
  const count = bytes.length / SECRET_BYTES;
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * SECRET_BYTES, (index + 1) * SECRET_BYTES),
  );
}

/** As Standard Webhooks writes it. */
function toText(key: Buffer): string {
  return `whsec_${key.toString('base64')}`;
}

function changesOf(present: Webhook, { status, ...patch }: WebhookPatch): WebhookChanges {
  const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
  const isElsewhere = patch.url !== undefined && patch.url !== present.url;
  return {
    ...(Object.fromEntries(changes) as WebhookChanges),
    ...(isElsewhere && { failingSince: null }),
    ...statusOf(status),
  };
}

function statusOf(status: Webhook['status'] | undefined): WebhookChanges {
  if (status === undefined) return {};
  if (status === 'disabled') return { status, disabledReason: 'manual' };
  return { status, disabledReason: null, failingSince: null, noticePending: false };
}
