import type { EnvReader } from './env-reader.js';

export interface ServerConfig {
  isProduction: boolean;
  host: string;
  port: number;
  /** Where people reach this server; used in mails and in the OpenAPI document. */
  publicUrl: string;
  /** Origins that may call the REST API from a browser; empty means any, since no cookie is ever used. */
  corsOrigins: string[];
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  isLogPretty: boolean;
  metricsToken: string | undefined;
  /** Makes a demo tenant at the first start; never in production. */
  hasDemoTenant: boolean;
  /** May a URL that somebody gave lead to this very machine? To try things out; never in production. */
  mayFetchLocalhost: boolean;
}

export function readServerConfig(env: EnvReader): ServerConfig {
  const isProduction =
    env.oneOf('NODE_ENV', ['development', 'test', 'production'], 'development') === 'production';
  const port = env.integer('PORT', 8000, 0, 65_535);
  const hasDemoTenant = env.flag('DEMO_TENANT', false);
  if (isProduction && hasDemoTenant) env.fault('DEMO_TENANT must not be true in production');
  const mayFetchLocalhost = env.flag('FETCH_LOCALHOST', false);
  if (isProduction && mayFetchLocalhost) env.fault('FETCH_LOCALHOST must not be true in production');
  return {
    isProduction,
    host: env.text('HOST', '0.0.0.0'),
    port,
    publicUrl: env.url('PUBLIC_URL', ['http', 'https'], `http://localhost:${port}`).replace(/\/$/, ''),
    corsOrigins: env.list('CORS_ORIGINS'),
    trustedProxies: env.list('TRUSTED_PROXIES'),
    logLevel: env.oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
    isLogPretty: env.flag('LOG_PRETTY', !isProduction),
    metricsToken: env.optional('METRICS_TOKEN'),
    hasDemoTenant,
    mayFetchLocalhost,
  };
}
