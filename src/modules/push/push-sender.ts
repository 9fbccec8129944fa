import { Injectable, Logger } from '@nestjs/common';
import webPush from 'web-push';
import { AppConfig } from '../../config/app-config.js';
import { FetchFailed, GuardedFetch } from '../../infrastructure/http-fetch/guarded-fetch.js';
import type { PushNotice, PushSubscription } from './push.js';
import { VapidKeys } from './vapid-keys.js';

/** `gone`: nobody hears it any more. `refused`: the same again would be refused again. `later`: it may yet go. */
export type PushOutcome = 'sent' | 'gone' | 'refused' | 'later';

/** A day: who comes back later than that reads the mail, or the screen. */
const TTL_SECONDS = 86_400;
const TIMEOUT_MS = 15_000;
const ANSWER_BYTES = 2_048;
const LOCAL_FAULTS: readonly string[] = ['url', 'address'];

/** Encrypts for one browser and hands it to its push service, which learns nothing but when, where and how long. */
@Injectable()
export class PushSender {
  private readonly logger = new Logger(PushSender.name);

  constructor(
    private readonly keys: VapidKeys,
    private readonly http: GuardedFetch,
    private readonly config: AppConfig,
  ) {}

  async send(subscription: PushSubscription, notice: PushNotice): Promise<PushOutcome> {
    const { endpoint, headers, body } = await this.sealed(subscription, notice);
    try {
      const limits = { timeoutMs: TIMEOUT_MS, maxBytes: ANSWER_BYTES };
      const { status } = await this.http.post(endpoint, { headers, body, ...limits });
      return this.outcomeOf(status, endpoint);
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      this.logger.warn({ fault: error.fault, service: hostOf(endpoint) }, 'a push service was not reached');
      return LOCAL_FAULTS.includes(error.fault) ? 'refused' : 'later';
    }
  }

  private async sealed({ endpoint, p256dh, auth }: PushSubscription, notice: PushNotice) {
    const target = { endpoint, keys: { p256dh, auth } };
    const details = webPush.generateRequestDetails(target, JSON.stringify(notice), {
      vapidDetails: { subject: this.config.push.subject, ...(await this.keys.get()) },
      TTL: TTL_SECONDS,
      // What is only taken back need not wake a telephone that is asleep.
      urgency: notice.kind === 'read' ? 'normal' : 'high',
      // What a device has not fetched yet is replaced by what comes after it, also by its being taken back.
      topic: topicOf(notice.tag),
    });
    const { 'Content-Length': _, ...headers } = details.headers as Record<string, string | number>;
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    return { endpoint, headers: sent, body: details.body };
  }

  private outcomeOf(status: number, endpoint: string): PushOutcome {
    if (status >= 200 && status < 300) return 'sent';
    if (status === 404 || status === 410) return 'gone';
    this.logger.warn({ status, service: hostOf(endpoint) }, 'a push service refused a push');
    return status === 429 || status >= 500 ? 'later' : 'refused';
  }
}

/** At most 32 characters of base64url: an id without its dashes. */
function topicOf(tag: string): string {
  return tag.replaceAll('-', '').slice(0, 32);
}

/** The rest of an endpoint is as good as a password. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : '';
}
