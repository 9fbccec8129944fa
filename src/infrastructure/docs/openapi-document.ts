import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { packageRoot } from '../package-root.js';
import { SOCKET_FACTS, SOCKET_REQUESTS } from './socket-events.js';
import { WEBHOOK_EVENT_ROWS, WEBHOOK_OPERATIONS } from './webhook-events.js';

const TAGS: [name: string, description: string][] = [
  ['Auth', 'Sign-in of agents: sessions, passwords, invitations'],
  ['Organization', 'The tenant'],
  ['Environments', 'Isolated spaces of a tenant, with their keys'],
  ['Agents', 'Those who answer'],
  ['Widget', 'How a visitor becomes a user'],
  ['Users', 'Those who ask'],
  ['Conversations', 'Threads with status, assignee and participants'],
  ['Messages', 'What is said in them'],
  ['Webhooks', 'Telling the company’s own servers what happens, signed and repeated until it arrives'],
  ['Operations', 'Health'],
];

export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const builder = new DocumentBuilder()
    .setTitle('Fast Light Chat')
    .setVersion(version)
    .setDescription(DESCRIPTION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: JWT_HELP }, 'jwt')
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-Plugin-Key', description: PLUGIN_KEY_HELP },
      'plugin-key',
    )
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-User-Token', description: USER_TOKEN_HELP },
      'user-token',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: API_KEY_HELP }, 'api-key')
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-API-Secret', description: API_SECRET_HELP },
      'api-secret',
    )
    .addExtension('x-socket-requests', SOCKET_REQUESTS)
    .addExtension('x-socket-facts', SOCKET_FACTS)
    .addExtension('x-webhooks', WEBHOOK_OPERATIONS);
  for (const [name, description] of TAGS) builder.addTag(name, description);
  return SwaggerModule.createDocument(app, builder.build());
}

const JWT_HELP = 'Agents: `accessToken` of login or register.';
const PLUGIN_KEY_HELP = 'Users: the public key of an environment. After boot together with X-User-Token.';
const USER_TOKEN_HELP = 'Users: `userToken` of `POST /v1/widget/boot`. Together with X-Plugin-Key.';
const API_KEY_HELP = 'Partners: together with X-API-Secret.';
const API_SECRET_HELP = 'Partners: shown once, when the key was made. Together with X-API-Key.';

const requests = Object.entries(SOCKET_REQUESTS)
  .map(([name, { does, sends, answers }]) => `| \`${name}\` | ${does} | \`${sends}\` | \`${answers}\` |`)
  .join('\n');

const facts = Object.entries(SOCKET_FACTS)
  .map(([name, { tells, carries }]) => `| \`${name}\` | ${tells} | \`${carries}\` |`)
  .join('\n');

const webhookEvents = WEBHOOK_EVENT_ROWS.map(
  ([type, tells, data]) => `| \`${type}\` | ${tells} | \`{ ${data.join(', ')} }\` |`,
).join('\n');

const DESCRIPTION = `
Chat between a company and its customers. Three kinds of callers: **agents** (access token), **users** of the
widget (plugin key and user token) and the company's own server, the **partner** (API key and secret).

Errors have one shape, \`{ code, message, details?, requestId, retryable?, retryAfterMs? }\`; decide by \`code\`.
Another tenant's thing is *not found*. Lists answer \`{ items, nextCursor }\`.

## Socket.IO
Path \`/socket.io\`, default namespace, \`auth: { token }\` (agent) or \`auth: { pluginKey, userToken }\` (user).
Refused: \`connect_error\` whose \`data\` is an error. Every request takes one object and is acknowledged with
\`{ ok: true, data }\` or \`{ ok: false, error }\`. An acknowledged message is durable; without an answer repeat it
with the same \`clientMessageId\`.

| request | does | object | data |
| --- | --- | --- | --- |
${requests}

| fact | tells | object |
| --- | --- | --- |
${facts}

## Webhooks
A webhook is posted \`{ type, timestamp, environmentId, performedBy, data }\` with the headers \`webhook-id\`,
\`webhook-timestamp\` and \`webhook-signature\` of [Standard Webhooks](https://www.standardwebhooks.com): HMAC-SHA256 over
\`id.timestamp.body\` with the base64 after \`whsec_\` as key. It comes at least once; tell repeats by \`webhook-id\`.

| type | tells | data |
| --- | --- | --- |
${webhookEvents}

Their schemas are in this document under \`x-webhooks\`, and in ReDoc beside the routes.
`;
