import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { answerFrameworkError, answerUnreadable } from './common/http/framework-error.js';
import { acceptNoBody } from './common/http/json-body.js';
import { acceptUploads } from './common/http/multipart.js';
import { requestIdFrom } from './common/http/request-id.js';
import type { AppConfig } from './config/app-config.js';
import { setupDocs } from './infrastructure/docs/setup-docs.js';
import { registerHttpMetrics } from './infrastructure/metrics/http-metrics.js';
import { Metrics } from './infrastructure/metrics/metrics.js';
import { RealtimeAdapter } from './infrastructure/realtime/realtime.adapter.js';

const BODY_LIMIT = 256 * 1024;
/** Node's own, which Fastify takes away: whoever never ends a request must not keep its connection for ever. */
const REQUEST_TIMEOUT_MS = 300_000;

/** The api, ready to listen: what main.ts starts and what the tests start twice. */
export async function createApplication(config: AppConfig): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.server.trustedProxies.length > 0 ? config.server.trustedProxies : false,
    genReqId: (request: { headers: Record<string, string | string[] | undefined> }) =>
      requestIdFrom(request.headers['x-request-id']),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerUnreadable,
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  acceptNoBody(adapter, BODY_LIMIT);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), adapter, {
    bufferLogs: true,
    autoFlushLogs: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  await secure(app, config);
  await acceptUploads(app, ['POST /v1/files', 'PUT /v1/agents/me/avatar']);
  registerHttpMetrics(app.getHttpAdapter().getInstance(), app.get(Metrics));
  app.useWebSocketAdapter(new RealtimeAdapter(app));
  setupDocs(app);
  return app;
}

async function secure(app: NestFastifyApplication, { server }: AppConfig): Promise<void> {
  // Each page sets a policy of its own; an answer of the API needs none but this.
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginEmbedderPolicy: false,
    hsts: server.isProduction,
    xFrameOptions: false,
  });
  app.enableCors({
    origin: server.corsOrigins.length > 0 ? server.corsOrigins : true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'x-request-id',
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      'retry-after',
    ],
    // The longest that browsers take: each page with the widget asks this before its boot.
    maxAge: 7200,
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
}
