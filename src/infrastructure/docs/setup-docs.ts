import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { packageRoot } from '../package-root.js';
import { createOpenApiDocument } from './openapi-document.js';
import { REDOC_PAGE, REDOC_START } from './redoc-page.js';

/** Both viewers style themselves inline; scripts and everything else come from this server only. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Built into dist/public by `npm run build`; straight from the package while developing. */
const REDOC_FOLDERS = ['dist/public/redoc', 'node_modules/redoc/bundles'];
const DAY = 'public, max-age=86400';

/** Swagger UI at /docs, its document at /docs-json, the same through ReDoc at /redoc. Made at the first look. */
export function setupDocs(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (/^\/(docs|redoc)([/?]|$)/.test(request.url)) void reply.header('content-security-policy', POLICY);
    done(null, payload);
  });
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Fast Light Chat API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, docExpansion: 'none' },
  });
  fastify.get('/redoc', (_, reply) => html(reply, REDOC_PAGE));
  fastify.get('/redoc/start.js', (_, reply) => script(reply, REDOC_START));
  fastify.get('/redoc/redoc.standalone.js', (_, reply) => sendRedoc(reply));
}

function sendRedoc(reply: FastifyReply): FastifyReply {
  const files = REDOC_FOLDERS.map((folder) => join(packageRoot, folder, 'redoc.standalone.js'));
  const file = files.find((candidate) => existsSync(candidate));
  if (file) return script(reply, createReadStream(file));
  return html(reply.status(503), 'ReDoc was not built. Run: npm run build');
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}

function script(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.type('text/javascript; charset=utf-8').header('cache-control', DAY).send(body);
}
