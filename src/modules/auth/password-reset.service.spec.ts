import { beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { RateLimited } from '../../common/errors/common.errors.js';
import type { AppConfig } from '../../config/app-config.js';
import type { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import type { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import { AgentService } from '../agent/agent.service.js';
import type { Account } from '../agent/agent.js';
import { InMemoryAccountRepository } from '../agent/fakes/in-memory-account.repository.fake.js';
import { InMemoryAgentRepository } from '../agent/fakes/in-memory-agent.repository.fake.js';
import { House } from '../organization/fakes/house.fake.js';
import { ResetNotFound } from './auth.errors.js';
import { InMemoryCredentialRepository } from './fakes/in-memory-credential.repository.fake.js';
import { InMemoryPasswordResetRepository } from './fakes/in-memory-password-reset.repository.fake.js';
import { InMemorySessionRepository } from './fakes/in-memory-session.repository.fake.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetService } from './password-reset.service.js';
import { SessionService } from './session.service.js';
import { TokenSigner } from './token-signer.js';

const EMAIL = 'jiwoo@shop.example';
const HOUR_MS = 3_600_000;
const LATE_MS = 30_001;

const config = {
  auth: {
    jwtSecret: 'j'.repeat(40),
    secretsKey: 's'.repeat(40),
    accessTokenSeconds: 900,
    refreshTokenDays: 30,
  },
} as AppConfig;

describe(PasswordResetService.name, () => {
  const hasher = new PasswordHasher();
  let house: House;
  let account: Account;
  let credentials: InMemoryCredentialRepository;
  let sessions: SessionService;
  let resets: PasswordResetService;
  let isLimited: boolean;

  beforeEach(async () => {
    house = new House();
    isLimited = false;
    const { organizations, secrets, unitOfWork, events, clock } = house;
    const agents = new AgentService(
      new InMemoryAgentRepository(),
      new InMemoryAccountRepository(),
      organizations,
      {} as PresenceStore,
      unitOfWork,
      events,
      clock,
    );
    const limits = {
      consume: () => (isLimited ? Promise.reject(new RateLimited(1_000)) : Promise.resolve()),
    } as unknown as RateLimits;
    credentials = new InMemoryCredentialRepository();
    sessions = new SessionService(
      new InMemorySessionRepository(),
      new TokenSigner(config, clock),
      secrets,
      unitOfWork,
      events,
      clock,
      config,
    );
    resets = new PasswordResetService(
      new InMemoryPasswordResetRepository(),
      agents,
      organizations,
      credentials,
      sessions,
      hasher,
      secrets,
      limits,
      unitOfWork,
      events,
      clock,
    );
    account = await agents.createAccount(EMAIL);
  });

  /** The request answers before its work is done. */
  async function requested(email = EMAIL): Promise<string[]> {
    resets.request(email);
    await turn();
    house.pass(LATE_MS);
    return resets.listForgottenIds(LATE_MS - 1, 10);
  }

  async function aToken(): Promise<string> {
    const id = (await requested()).at(-1)!;
    return (await resets.findUnmailed(id))!.token;
  }

  it('sets a new password once, and ends all sessions of the account', async () => {
    const member = { id: 'a', accountId: account.id, organizationId: 'o' };
    const { refreshToken } = await sessions.open(member);
    const token = await aToken();
    await resets.reset(token, 'correct horse battery');
    const passwordHash = await credentials.findPasswordHash(account.id);
    expect(await hasher.matches('correct horse battery', passwordHash)).toBe(true);
    await expect(sessions.refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.unauthenticated' });
    expect(house.told).toEqual(['password.forgotten', 'session.ended']);
    await expect(resets.reset(token, 'another horse battery')).rejects.toBeInstanceOf(ResetNotFound);
  });

  it('lets one of two win who have the same token', async () => {
    const token = await aToken();
    const passwords = ['correct horse battery', 'another horse battery'];
    const answers = await Promise.allSettled(passwords.map((password) => resets.reset(token, password)));
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('makes every older token useless with the first that is used', async () => {
    const [older, newer] = [await aToken(), await aToken()];
    await resets.reset(newer, 'correct horse battery');
    await expect(resets.reset(older, 'another horse battery')).rejects.toBeInstanceOf(ResetNotFound);
  });

  it('knows only its own tokens, for an hour', async () => {
    const token = await aToken();
    for (const wrong of ['', 'x', token.split('.')[0]!, `${token}x`]) {
      await expect(resets.reset(wrong, 'correct horse battery')).rejects.toBeInstanceOf(ResetNotFound);
    }
    house.pass(HOUR_MS);
    await expect(resets.reset(token, 'correct horse battery')).rejects.toBeInstanceOf(ResetNotFound);
  });

  it('keeps the token good when the new password is the address itself', async () => {
    const token = await aToken();
    await expect(resets.reset(token, ` ${EMAIL.toUpperCase()}`)).rejects.toMatchObject({
      code: 'common.validation_failed',
    });
    await expect(resets.reset(token, 'correct horse battery')).resolves.toBeUndefined();
  });

  it('makes nothing for an address that it does not know, nor for one that asks too often', async () => {
    expect(await requested('nobody@shop.example')).toEqual([]);
    isLimited = true;
    expect(await requested()).toEqual([]);
    expect(house.told).toEqual([]);
  });
});
