import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { connectForCommands } from '../../src/infrastructure/redis/redis.module.js';
import { testEngineUrls } from '../support/engines.js';

describe('the connection for commands', () => {
  let redis: Redis;

  beforeAll(async () => {
    redis = connectForCommands(testEngineUrls().redis);
    await once(redis, 'ready');
  });

  afterAll(() => redis.disconnect());

  it('takes a script that is defined in the same moment in which other commands are sent', async () => {
    const before = redis.ping();
    redis.defineCommand('answerWith', { numberOfKeys: 0, lua: 'return ARGV[1]' });
    const scripted = redis as Redis & { answerWith(value: string): Promise<string> };
    expect(await Promise.all([before, scripted.answerWith('one'), scripted.answerWith('two')])).toEqual([
      'PONG',
      'one',
      'two',
    ]);
  });
});
