import type { BootView, ConversationView } from '@fast-light-chat/sdk';
import { vi } from 'vitest';
import { aBoot } from './fixtures.js';

interface Asked {
  what: string;
  body: Record<string, unknown> | null;
}

/** Answers what the widget asks for, and keeps what it was asked. */
export class FakeServer {
  readonly asked: Asked[] = [];
  boot: BootView = aBoot();
  conversations: ConversationView[] = [];
  /** By method and path, for what a spec answers otherwise. */
  readonly answers: Record<string, () => Response | Promise<Response>> = {};

  constructor() {
    vi.stubGlobal('fetch', (url: string, init: { method: string; body?: string }) =>
      Promise.resolve(this.answer(`${init.method} ${new URL(url).pathname}`, init.body)),
    );
  }

  /** The settings are as a newer server has them: more than the fixture knows. */
  set(environment: object, settings: object = {}, user: object = {}): void {
    this.boot.environment = {
      ...this.boot.environment,
      ...environment,
      settings: { ...this.boot.environment.settings, ...settings },
    };
    this.boot.user = { ...this.boot.user, ...user };
  }

  bodiesOf(what: string): Asked['body'][] {
    return this.asked.filter((one) => one.what === what).map(({ body }) => body);
  }

  private answer(what: string, body: string | undefined): Response | Promise<Response> {
    this.asked.push({ what, body: body ? (JSON.parse(body) as Asked['body']) : null });
    const answers: FakeServer['answers'] = {
      'POST /v1/widget/boot': () => Response.json(this.boot),
      'GET /v1/conversations': () => Response.json({ items: this.conversations, nextCursor: null }),
      'PATCH /v1/users/me': () => Response.json(this.changed(this.asked.at(-1)?.body ?? {})),
      ...this.answers,
    };
    return answers[what]?.() ?? Response.json({ code: 'common.not_found', message: what }, { status: 404 });
  }

  private changed({ profile, consented }: Asked['body'] & object): object {
    const { user } = this.boot;
    return {
      ...user,
      profile: { ...user.profile, ...(profile as object | undefined) },
      ...(consented === true && { consentedAt: '2026-01-05T10:00:00.000Z' }),
    };
  }
}
