import { BullModule } from '@nestjs/bullmq';
import type { DynamicModule } from '@nestjs/common';
import { Queue } from 'bullmq';

/** The connection itself says, once, that Redis is out of reach; BullMQ would say it at every try. */
class QuietQueue extends Queue {
  constructor(...args: ConstructorParameters<typeof Queue>) {
    super(...args);
    this.on('error', () => undefined);
  }
}

BullModule.queueClass = QuietQueue;

/** Every queue of a process is registered here: from its first moment on, none is without a listener for errors. */
export function registerQueue(name: string): DynamicModule {
  return BullModule.registerQueue({ name });
}
