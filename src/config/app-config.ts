import { readAuthConfig, type AuthConfig } from './auth.config.js';
import { readChatConfig, type ChatConfig } from './chat.config.js';
import { EnvReader } from './env-reader.js';
import { readFileConfig, type FileConfig } from './file.config.js';
import { readMailConfig, type MailConfig } from './mail.config.js';
import { readPushConfig, type PushConfig } from './push.config.js';
import { readServerConfig, type ServerConfig } from './server.config.js';
import {
  readMongoConfig,
  readPostgresConfig,
  readRedisConfig,
  type MongoConfig,
  type PostgresConfig,
  type RedisConfig,
} from './stores.config.js';
import { readWebhookConfig, type WebhookConfig } from './webhook.config.js';

/** Everything that can be set, typed and checked before anything connects. Inject it by this class. */
export abstract class AppConfig {
  abstract readonly server: ServerConfig;
  abstract readonly postgres: PostgresConfig;
  abstract readonly mongo: MongoConfig;
  abstract readonly redis: RedisConfig;
  abstract readonly auth: AuthConfig;
  abstract readonly chat: ChatConfig;
  abstract readonly files: FileConfig;
  abstract readonly mail: MailConfig;
  abstract readonly push: PushConfig;
  abstract readonly webhooks: WebhookConfig;
}

/** Throws ConfigError that lists all faults at once. */
export function loadConfig(source: NodeJS.ProcessEnv = process.env): AppConfig {
  const env = new EnvReader(source);
  const server = readServerConfig(env);
  const mail = readMailConfig(env, server.isProduction);
  const config: AppConfig = {
    server,
    postgres: readPostgresConfig(env),
    mongo: readMongoConfig(env),
    redis: readRedisConfig(env),
    auth: readAuthConfig(env, server.isProduction),
    chat: readChatConfig(env),
    files: readFileConfig(env),
    mail,
    push: readPushConfig(env, server, mail),
    webhooks: readWebhookConfig(env),
  };
  env.finish();
  return config;
}
