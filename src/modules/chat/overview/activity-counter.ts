import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { ConversationCreated, MessageCreated } from '../chat.events.js';
import { ActivityRepository, type ActivityHour } from './activity.repository.js';
import { hourOf } from './overview.js';

const WRITE_EVERY_MS = 5_000;

/**
 * Counts what is said and begun, so that nobody has to count millions of messages to draw a curve. Written every few
 * seconds: a node that dies takes that much of a curve with it, and nothing else.
 */
@Injectable()
export class ActivityCounter implements OnModuleDestroy {
  private readonly logger = new Logger(ActivityCounter.name);
  private hours = new Map<string, ActivityHour>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly activity: ActivityRepository,
    private readonly clock: Clock,
  ) {}

  @OnDomainEvent('message.created')
  countMessage({ message }: MessageCreated): void {
    if (message.type !== 'system') this.count(message, 'messages');
  }

  @OnDomainEvent('conversation.created')
  countConversation({ conversation }: ConversationCreated): void {
    this.count(conversation, 'conversations');
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  /** What cannot be written now is written with what follows. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const hours = [...this.hours.values()];
    this.hours = new Map();
    if (hours.length === 0) return;
    try {
      await this.activity.add(hours);
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'what was counted waits for the store');
      for (const hour of hours) this.add(hour);
    }
  }

  /** Only what is said to users and by them; colleagues among themselves are nobody's figures. */
  private count(
    { organizationId, environmentId }: { organizationId: string; environmentId: string | null },
    what: 'messages' | 'conversations',
  ): void {
    if (environmentId === null) return;
    const at = hourOf(this.clock.now());
    this.add({ organizationId, environmentId, at, messages: 0, conversations: 0, [what]: 1 });
  }

  private add(hour: ActivityHour): void {
    const key = `${hour.environmentId} ${hour.at.getTime()}`;
    const known = this.hours.get(key);
    this.hours.set(key, known ? sumOf(known, hour) : hour);
    this.timer ??= setTimeout(() => void this.flush(), WRITE_EVERY_MS);
  }
}

function sumOf(one: ActivityHour, other: ActivityHour): ActivityHour {
  return {
    ...one,
    messages: one.messages + other.messages,
    conversations: one.conversations + other.conversations,
  };
}
