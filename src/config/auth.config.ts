import type { EnvReader } from './env-reader.js';

export interface AuthConfig {
  /** Signs access and user tokens (HS256). */
  jwtSecret: string;
  /** Still accepted while a new secret is rolled out. */
  previousJwtSecret: string | undefined;
  /** Keys what is stored of API secrets and signs invitation and reset links; encrypts identity secrets. */
  secretsKey: string;
  accessTokenSeconds: number;
  refreshTokenDays: number;
  userTokenSeconds: number;
  /** Per address: registrations, sign-ins and the like together. */
  signInsPerMinute: number;
  /** Per address: starts of the widget. */
  bootsPerMinute: number;
}

/** The values in .env.example: known to everybody, so never good enough for production. */
const PLACEHOLDER = /^change-me/;

export function readAuthConfig(env: EnvReader, isProduction: boolean): AuthConfig {
  return {
    jwtSecret: readSecret(env, 'JWT_SECRET', isProduction),
    previousJwtSecret: env.optional('JWT_SECRET_PREVIOUS'),
    secretsKey: readSecret(env, 'SECRETS_KEY', isProduction),
    accessTokenSeconds: env.integer('ACCESS_TOKEN_SECONDS', 900, 5, 86_400),
    refreshTokenDays: env.integer('REFRESH_TOKEN_DAYS', 30, 1, 365),
    userTokenSeconds: env.integer('USER_TOKEN_SECONDS', 3600, 5, 86_400),
    signInsPerMinute: env.integer('LIMIT_SIGN_INS_PER_MINUTE', 120, 1),
    bootsPerMinute: env.integer('LIMIT_BOOTS_PER_MINUTE', 300, 1),
  };
}

function readSecret(env: EnvReader, name: string, isProduction: boolean): string {
  const value = env.text(name);
  if (value && value.length < 32) env.fault(`${name} must have at least 32 characters`);
  if (PLACEHOLDER.test(value)) {
    if (isProduction) env.fault(`${name} is still the placeholder of .env.example`);
    else process.emitWarning(`${name} is the placeholder of .env.example: fine for development only`);
  }
  return value;
}
