import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import type { AppConfig } from '../../config/app-config.js';
import { ConfigModule } from '../../config/config.module.js';
import { LoggingModule } from './logging.module.js';

const CONFIG = { server: { logLevel: 'silent', isLogPretty: false } } as AppConfig;
/** What pino-http leaves on an answer that it waits for. */
const PASSED = 'allLogs';

@Controller()
class EchoController {
  @Get(['/', 'v1/things/:id/parts'])
  say(@Res({ passthrough: true }) { raw }: FastifyReply): { isLogged: boolean } {
    return { isLogged: PASSED in raw };
  }
}

@Module({ imports: [ConfigModule.forRoot(CONFIG), LoggingModule], controllers: [EchoController] })
class EchoModule {}

describe(LoggingModule.name, () => {
  let app: NestFastifyApplication;

  beforeEach(async () => {
    app = await NestFactory.create<NestFastifyApplication>(EchoModule, new FastifyAdapter(), {
      logger: false,
    });
    await app.init();
  });

  afterEach(() => app.close());

  it.each(['/', '/v1/things/1/parts', '/v1/things/1/parts?query=x'])(
    'follows a request of %s',
    async (url) => {
      const answer = await app.inject({ url });
      expect(answer.json()).toEqual({ isLogged: true });
    },
  );
});
