import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import { requestIdFrom } from '../../common/http/request-id.js';
import { AppConfig } from '../../config/app-config.js';

/** Never in a log, whatever carries it. */
const SECRETS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'req.headers["x-api-secret"]',
  'req.headers["x-plugin-key"]',
  'req.headers["x-user-token"]',
  '*.password',
  '*.refreshToken',
  '*.accessToken',
  '*.userToken',
  '*.apiSecret',
  '*.identitySecret',
];

@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ server }: AppConfig) => ({
        pinoHttp: {
          level: server.logLevel,
          redact: { paths: SECRETS, censor: '[secret]' },
          timestamp: stdTimeFunctions.isoTime,
          transport: server.isLogPretty
            ? { target: 'pino-pretty', options: { singleLine: true } }
            : undefined,
          // Fastify made the id already and answers it as x-request-id.
          genReqId: (request) => request.id ?? requestIdFrom(undefined),
          customLogLevel: (_request, reply, error) => levelFor(reply.statusCode, error),
          serializers: {
            req: briefRequest,
            res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
          },
        },
      }),
    }),
  ],
})
export class LoggingModule {}

function levelFor(status: number, error?: Error): 'error' | 'info' | 'debug' {
  if (error || status >= 500) return 'error';
  return status >= 400 ? 'info' : 'debug';
}

/** The path without its query: a search text is somebody's words. */
function briefRequest(request: { id: string; method: string; url: string; remoteAddress?: string }): object {
  return {
    id: request.id,
    method: request.method,
    path: request.url.split('?')[0],
    address: request.remoteAddress,
  };
}
