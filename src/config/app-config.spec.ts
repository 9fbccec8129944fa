import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { loadConfig } from './app-config.js';
import { ConfigError } from './env-reader.js';

const EXAMPLE = readFileSync('.env.example', 'utf8');
const GOOD_SECRETS = { JWT_SECRET: 'j'.repeat(32), SECRETS_KEY: 's'.repeat(32) };

function example(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...parseEnv(EXAMPLE), ...changes };
}

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

/** The names that a start asks for. */
function namesRead(): string[] {
  const names = new Set<string>();
  const watched = new Proxy(example({ SMTP_URL: 'smtp://localhost' }), {
    get: (env, name: string) => {
      names.add(name);
      return env[name];
    },
  });
  loadConfig(watched);
  return [...names];
}

describe('.env.example', () => {
  it('is good enough for development as it is', () => {
    const config = loadConfig(example());
    expect(config.server).toMatchObject({ isProduction: false, port: 8000 });
    expect(config.mail.transport).toBe('outbox');
  });

  it('has every variable that the server reads', () => {
    const known = [...EXAMPLE.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(known).toEqual(expect.arrayContaining(namesRead()));
  });

  it('has nothing in it but explanations and settings', () => {
    const others = EXAMPLE.split('\n').filter((line) => !/^(#.*|[A-Z][A-Z0-9_]+=.*)?$/.test(line));
    expect(others).toEqual([]);
  });

  it('shows the defaults where a variable is commented out', () => {
    const shown = parseEnv(EXAMPLE.replace(/^#(?=[A-Z][A-Z0-9_]+=.)/gm, ''));
    const { SMTP_URL: _, ...defaults } = shown;
    expect(loadConfig(defaults)).toEqual(loadConfig(example()));
  });

  it('is refused in production for its placeholders', () => {
    expect(faultsOf(example({ NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example' }))).toEqual([
      'JWT_SECRET is still the placeholder of .env.example',
      'SECRETS_KEY is still the placeholder of .env.example',
    ]);
  });
});

describe(loadConfig.name, () => {
  it('takes production settings with secrets of its own', () => {
    const env = example({ ...GOOD_SECRETS, NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example' });
    expect(loadConfig(env).server).toMatchObject({ isProduction: true, isLogPretty: false });
  });

  it('lists all faults at once', () => {
    const faults = faultsOf({
      ...GOOD_SECRETS,
      PORT: '80000',
      LOG_LEVEL: 'loud',
      LOG_PRETTY: 'yes',
      MONGODB_URL: 'http://localhost',
      REDIS_URL: 'redis://localhost',
      LIMIT_MESSAGES_PER_MINUTE: '0.5',
    });
    expect(faults).toHaveLength(6);
    for (const name of ['PORT', 'LOG_LEVEL', 'LOG_PRETTY', 'POSTGRES_URL', 'MONGODB_URL', 'LIMIT_MESSAGES']) {
      expect(faults.join('\n')).toContain(name);
    }
  });

  it('tells names and expectations, never values', () => {
    const env = example({
      JWT_SECRET: 'too-short-hunter2',
      POSTGRES_URL: 'mysql://root:hunter2@db',
      PORT: 'hunter2',
    });
    const faults = faultsOf(env);
    expect(faults).toHaveLength(3);
    expect(faults.join('\n')).not.toContain('hunter2');
  });

  it.each(['POSTGRES_URL', 'REDIS_URL', 'SMTP_URL'])(
    'finds a password that breaks %s, and keeps it',
    (name) => {
      const scheme = name.slice(0, -'_URL'.length).toLowerCase();
      const faults = faultsOf(example({ [name]: `${scheme}://chat:hunter#2@db:1234/chat` }));
      expect(faults).toEqual([`${name} must be a URL; in a password, write / ? # as %2F %3F %23`]);
    },
  );

  it('takes several hosts of MongoDB', () => {
    expect(faultsOf(example({ MONGODB_URL: 'mongodb://chat:secret@one:27017,two:27017/chat' }))).toEqual([]);
  });

  it('wants a mail server in production and no demo tenant', () => {
    const faults = faultsOf(example({ ...GOOD_SECRETS, NODE_ENV: 'production', DEMO_TENANT: 'true' }));
    expect(faults).toEqual(['DEMO_TENANT must not be true in production', 'SMTP_URL is missing']);
  });
});
