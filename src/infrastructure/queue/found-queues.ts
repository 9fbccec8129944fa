import type { DiscoveryService } from '@nestjs/core';
import { Queue } from 'bullmq';

/** Every queue that a module of this process has registered, by name: a new one falls in by itself. */
export function foundQueues(discovery: DiscoveryService): Map<string, Queue> {
  const instances: unknown[] = discovery.getProviders().map(({ instance }) => instance as unknown);
  const found = instances.filter((instance): instance is Queue => instance instanceof Queue);
  return new Map(found.map((queue) => [queue.name, queue]));
}
