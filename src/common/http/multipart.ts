import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError } from '../errors/domain-error.js';

/** Forms with files are read as they come in, by the routes that want them (`POST /v1/files`); no other takes any. */
export async function acceptUploads(app: NestFastifyApplication, routes: readonly string[]): Promise<void> {
  await app.register(multipart);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preParsing', (request, _reply, _payload, done) => {
      const isForm = request.headers['content-type']?.toLowerCase().startsWith('multipart/') ?? false;
      const isTaken = routes.includes(`${request.method} ${request.routeOptions.url}`);
      if (isForm && !isTaken) done(new NoFormExpected());
      else done();
    });
}

class NoFormExpected extends DomainError {
  constructor() {
    super('unsupported', 'common.unsupported_type', 'This content type is not understood here.');
  }
}
