import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { organizationAgentsRoom } from '../../infrastructure/realtime/rooms.js';
import type { Conversation } from './conversation.js';

const TURN_MS = 1_000;
/** Of more at once, nobody can keep sight. */
const MOST = 50;

type Place = Pick<Conversation, 'id' | 'organizationId'>;

/**
 * Tells inboxes in which conversations a user types. However many do: one small packet a second to the agents of an
 * organization, and none while nobody types. Who has a conversation open hears of it at once, and not from here.
 */
@Injectable()
export class InboxTyping implements OnModuleDestroy {
  private typing = new Map<string, Set<string>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly realtime: Realtime) {}

  note({ id, organizationId }: Place): void {
    const ids = this.typing.get(organizationId) ?? new Set();
    if (ids.size < MOST) this.typing.set(organizationId, ids.add(id));
    this.timer ??= setTimeout(() => this.tell(), TURN_MS);
  }

  /** What has ended in the same second is not worth telling, and would be shown after the message. */
  forget({ id, organizationId }: Place): void {
    this.typing.get(organizationId)?.delete(id);
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  private tell(): void {
    this.timer = undefined;
    for (const [organizationId, ids] of this.typing) {
      if (ids.size === 0) continue;
      const fact = { conversationIds: [...ids] };
      this.realtime.emitVolatile(organizationAgentsRoom(organizationId), 'inbox:typing', fact);
    }
    this.typing = new Map();
  }
}
