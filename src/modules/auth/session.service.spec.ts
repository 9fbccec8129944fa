import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DomainEventBus } from '../../common/events/domain-events.js';
import { newId } from '../../common/ids.js';
import type { AppConfig } from '../../config/app-config.js';
import type { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { InMemorySessionRepository } from './fakes/in-memory-session.repository.fake.js';
import { describeSessionRepository } from './session.repository.contract.js';
import { SessionService, type Member } from './session.service.js';
import { TokenSigner } from './token-signer.js';

const config = {
  auth: {
    jwtSecret: 'j'.repeat(40),
    secretsKey: 's'.repeat(40),
    accessTokenSeconds: 900,
    refreshTokenDays: 30,
  },
} as AppConfig;
const DAY_MS = 86_400_000;

function aMember(): Member {
  return { id: newId(), accountId: newId(), organizationId: newId() };
}

describe(InMemorySessionRepository.name, () => {
  const aStoredMember = () => Promise.resolve(aMember());
  describeSessionRepository(() => new InMemorySessionRepository(), aStoredMember);
});

describe(SessionService.name, () => {
  let now: Date;
  let ended: string[];
  let store: InMemorySessionRepository;
  let sessions: SessionService;

  beforeEach(() => {
    now = new Date('2026-11-20T12:00:00.000Z');
    ended = [];
    store = new InMemorySessionRepository();
    const unitOfWork = { run: <T>(work: () => Promise<T>) => work() } as UnitOfWork;
    const events = {
      publish: (_: string, { sessionId }: { sessionId: string }) => ended.push(sessionId),
    } as unknown as DomainEventBus;
    sessions = new SessionService(
      store,
      new TokenSigner(config, { now: () => now }),
      new SecretKeeper(config),
      unitOfWork,
      events,
      { now: () => now },
      config,
    );
  });

  it('gives a new pair for each refresh, within the same session', async () => {
    const opened = await sessions.open(aMember());
    const first = await sessions.refresh(opened.refreshToken);
    const second = await sessions.refresh(first.tokens.refreshToken);
    expect(second.session.id).toBe(first.session.id);
    expect(new Set([opened, first.tokens, second.tokens].map(({ refreshToken }) => refreshToken)).size).toBe(
      3,
    );
  });

  it('ends the session when a token is used twice', async () => {
    const { refreshToken } = await sessions.open(aMember());
    const { tokens, session } = await sessions.refresh(refreshToken);
    await expect(sessions.refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.token_reused' });
    await expect(sessions.refresh(tokens.refreshToken)).rejects.toMatchObject({
      code: 'auth.unauthenticated',
    });
    expect(ended).toEqual([session.id]);
  });

  it('says that a token was reused also to whom another was caught before', async () => {
    const { refreshToken } = await sessions.open(aMember());
    const refresh = () => sessions.refresh(refreshToken);
    const find = store.find.bind(store);
    jest.spyOn(store, 'find').mockImplementationOnce(async (id) => {
      await refresh();
      await expect(refresh()).rejects.toMatchObject({ code: 'auth.token_reused' });
      return find(id);
    });
    await expect(refresh()).rejects.toMatchObject({ code: 'auth.token_reused' });
  });

  it('lives for thirty days after its last refresh', async () => {
    const { refreshToken } = await sessions.open(aMember());
    now = new Date(now.getTime() + 29 * DAY_MS);
    const { tokens } = await sessions.refresh(refreshToken);
    now = new Date(now.getTime() + 29 * DAY_MS);
    const { tokens: last } = await sessions.refresh(tokens.refreshToken);
    now = new Date(now.getTime() + 31 * DAY_MS);
    await expect(sessions.refresh(last.refreshToken)).rejects.toMatchObject({ code: 'auth.unauthenticated' });
  });

  it('is quiet about tokens that it does not know', async () => {
    await expect(sessions.endByToken('rt_unknown')).resolves.toBeUndefined();
    await expect(sessions.refresh('rt_unknown')).rejects.toMatchObject({ code: 'auth.unauthenticated' });
  });
});
