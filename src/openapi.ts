import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { loadConfig } from './config/app-config.js';
import { createOpenApiDocument } from './infrastructure/docs/openapi-document.js';
import { packageRoot } from './infrastructure/package-root.js';

/** Nothing connects in preview, so nothing here has to exist. */
const NOWHERE = {
  POSTGRES_URL: 'postgres://localhost/none',
  MONGODB_URL: 'mongodb://localhost/none',
  REDIS_URL: 'redis://localhost',
  JWT_SECRET: 'only-for-the-document-0123456789abcdef',
  SECRETS_KEY: 'only-for-the-document-0123456789abcdef',
  LOG_LEVEL: 'silent',
};

/** `npm run openapi` writes openapi.json; with `--check` it fails when the file is not what the code says. */
async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule.forRoot(loadConfig(NOWHERE)), new FastifyAdapter(), {
    preview: true,
    logger: ['error'],
    abortOnError: false,
  });
  const document = `${JSON.stringify(createOpenApiDocument(app), null, 2)}\n`;
  const file = join(packageRoot, 'openapi.json');
  if (!process.argv.includes('--check')) return writeFileSync(file, document);
  if (readFileSync(file, 'utf8') !== document) throw new Error('openapi.json is stale. Run: npm run openapi');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
