import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { registerQueue } from './register-queue.js';

/** Nobody listens there. */
const NOWHERE = { host: '127.0.0.1', port: 1 };

const redis = new Redis({ ...NOWHERE, lazyConnect: true, maxRetriesPerRequest: null }).on(
  'error',
  () => undefined,
);

@Module({ imports: [BullModule.forRoot({ connection: redis }), registerQueue('letters')] })
class LetterModule {}

describe(registerQueue.name, () => {
  let app: INestApplicationContext;
  const complaint = jest.spyOn(console, 'error').mockImplementation(() => undefined);

  beforeEach(async () => {
    app = await NestFactory.createApplicationContext(LetterModule, { logger: false });
  });

  afterEach(() => redis.disconnect());

  it('makes queues that say nothing when Redis is away', () => {
    const queue = app.get<Queue>(getQueueToken('letters'));
    expect(queue.emit('error', new Error('connect ECONNREFUSED'))).toBe(true);
    expect(complaint).not.toHaveBeenCalled();
  });
});
