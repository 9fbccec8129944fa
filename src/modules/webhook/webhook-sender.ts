import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { FetchFailed, GuardedFetch, type PostAnswer } from '../../infrastructure/http-fetch/guarded-fetch.js';
import { hasArrived, RESPONSE_CHARACTERS, type Attempt, type Delivery } from './delivery.js';
import { WebhookService } from './webhook.service.js';
import { signedHeaders } from './webhook-signature.js';
import type { Webhook } from './webhook.js';

/** Of an answer more is not read. */
export const ANSWER_BYTES = 64 * 1024;

export interface Tried {
  attempt: Attempt;
  /** Null when none came. */
  answer: PostAnswer | null;
}

/** One try to tell a webhook something. Never rejects: what goes wrong is what came of it. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly fetch: GuardedFetch,
    private readonly webhooks: WebhookService,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async send(webhook: Webhook, delivery: Delivery): Promise<Tried> {
    const at = this.clock.now();
    const startedAt = performance.now();
    const took = () => Math.round(performance.now() - startedAt);
    try {
      const answer = await this.fetch.post(webhook.url, {
        headers: signedHeaders(delivery, this.webhooks.keysOf(webhook), at),
        body: delivery.body,
        maxBytes: ANSWER_BYTES,
        timeoutMs: this.config.webhooks.timeoutMs,
        // A receiver tells repeats by the id.
        isRepeatable: true,
      });
      return { attempt: { at, durationMs: took(), ...said(answer) }, answer };
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      const attempt = { at, durationMs: took(), status: null, error: error.fault, response: null };
      return { attempt, answer: null };
    }
  }
}

function said({ status, body }: PostAnswer): Pick<Attempt, 'status' | 'error' | 'response'> {
  const response = body.toString('utf8').slice(0, RESPONSE_CHARACTERS).toWellFormed();
  return { status, error: hasArrived({ status }) ? null : 'status', response };
}
