import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { findUncleanJson } from '../../common/http/clean-json.js';
import type { PostAnswer } from '../../infrastructure/http-fetch/guarded-fetch.js';
import { BotMessageService } from '../chat/bot-message.service.js';
import type { Delivery } from './delivery.js';
import { ANSWER_BYTES } from './webhook-sender.js';
import type { Webhook } from './webhook.js';

interface Reply {
  content: string;
  metadata: Record<string, unknown>;
}

const MAX_REPLIES = 5;
const ANSWERED = 200;

/** Says what a bot answered with. */
@Injectable()
export class WebhookReplies {
  constructor(private readonly bots: BotMessageService) {}

  /**
   * Each once, however often the same delivery is answered. False when the answer was no good: asking for it again would
   * change nothing. Throws when a store is away.
   */
  async say(webhook: Webhook, delivery: Delivery, answer: PostAnswer): Promise<boolean> {
    const { conversationId, organizationId, environmentId } = delivery;
    const isAsked = webhook.isBot && delivery.type === 'message.created' && answer.status === ANSWERED;
    if (!isAsked || conversationId === null || answer.body.length === 0) return true;
    const replies = repliesIn(answer.body);
    if (!replies) return false;
    try {
      for (const [index, reply] of replies.entries()) {
        const message = { ...reply, clientMessageId: `${delivery.id}-${index}` };
        await this.bots.say({ organizationId, environmentId }, conversationId, webhook, message);
      }
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') return false;
      throw error;
    }
  }
}

/** Null when it is something else than `{ messages: [{ content, metadata? }] }`. */
function repliesIn(body: Buffer): Reply[] | null {
  if (body.length >= ANSWER_BYTES) return null;
  const messages = (parse(body.toString('utf8')) as { messages?: unknown } | null)?.messages ?? [];
  if (!Array.isArray(messages) || messages.length > MAX_REPLIES || findUncleanJson(messages)) return null;
  const replies = messages.map(toReply);
  return replies.every((reply) => reply !== null) ? replies : null;
}

function toReply(message: unknown): Reply | null {
  if (typeof message !== 'object' || message === null) return null;
  const { content, metadata = {} } = message as { content?: unknown; metadata?: unknown };
  if (typeof content !== 'string' || typeof metadata !== 'object' || metadata === null) return null;
  return Array.isArray(metadata) ? null : { content, metadata: metadata as Record<string, unknown> };
}

/** What is no JSON at all, such as `ok`, answers nothing. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
