import { ChatError, toChatError, type ChatErrorFields } from '../chat-error.js';
import type { ConnectionState, SelfRef } from '../types.js';
import type { Hello } from '../wire.js';

/** Goes up when tabs say something else to each other. After a deploy old and new tabs do not hear each other then. */
const PROTOCOL = 1;

export type ToLeader =
  /** Also asks whether there is a leader, and whether it is alive. */
  | { kind: 'join'; from: string }
  | { kind: 'leave'; from: string }
  /** `retryAt`: only if that is still the moment of the next attempt. */
  | { kind: 'wake'; from: string; to: string; retryAt?: number }
  | { kind: 'call'; from: string; to: string; id: number; event: string; request: unknown };

/** `term` goes up with every leader: one who was deposed while it was frozen is not listened to. */
export type FromLeader = { from: string; term: number } & (
  | { kind: 'line'; to?: string; state: ConnectionState; retryAt: number | null; hello: Hello | null }
  | { kind: 'fact'; event: string; fact: unknown }
  | { kind: 'answer'; to: string; id: number; answer: Answer }
  | { kind: 'resign' }
);

export type TabMessage = ToLeader | FromLeader;

type Answer = { ok: true; data: unknown } | { ok: false; error: ChatErrorFields };

export function isFromLeader(message: TabMessage): message is FromLeader {
  return 'term' in message;
}

/** Who may share: the same person at the same server. Nothing in it is secret. */
export function groupName(url: string, { type, id }: SelfRef): string {
  return ['fast-light-chat', PROTOCOL, new URL(url).origin, type, id].join('|');
}

export async function answerOf(asked: Promise<unknown>): Promise<Answer> {
  return asked.then(
    (data) => ({ ok: true, data }),
    (thrown: unknown) => {
      const { code, message, details, requestId, retryable, retryAfterMs, status } = toChatError(thrown);
      return { ok: false, error: { code, message, details, requestId, retryable, retryAfterMs, status } };
    },
  );
}

export function unpack(answer: Answer): unknown {
  if (answer.ok) return answer.data;
  throw new ChatError(answer.error);
}
